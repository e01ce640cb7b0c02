/** An address that leads nowhere, inside the shell: what is wrong with it, and the ways on from here. */
import { Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ALL } from '../shared/api/session.js';
import { useRegisteredShortcuts } from '../shared/shortcuts.js';
import { Button, buttonStyle } from '../shared/ui/button.js';
import { Empty } from '../shared/ui/states.js';

export function MissingPage({ scope }: { readonly scope: string }) {
  return (
    <Missing title="There is nothing at this address" scope={scope}>
      The link may be old or mistyped.
    </Missing>
  );
}

/** One answer for both: whether a tenant exists is told to its members only. */
export function MissingTenant({ slug }: { readonly slug: string }) {
  return (
    <Missing title="There is no such tenant, or it is not yours" scope={ALL}>
      <code className="break-all">{slug}</code> is none of the tenants you belong to. An owner can add you to
      theirs.
    </Missing>
  );
}

function Missing({
  title,
  scope,
  children,
}: {
  readonly title: string;
  readonly scope: string;
  readonly children: ReactNode;
}) {
  const { history } = useRouter();
  const search = useRegisteredShortcuts().find(({ keys }) => keys === 'Ctrl+K');
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <Empty
        title={title}
        action={
          <span className="flex flex-wrap justify-center gap-2">
            <Button onClick={() => history.back()}>Go back</Button>
            <Button onClick={() => search?.run?.()}>Search</Button>
            <Link to="/$scope" params={{ scope }} className={buttonStyle('primary')}>
              {scope === ALL ? 'All my tenants' : 'Overview'}
            </Link>
          </span>
        }
      >
        {children}
      </Empty>
    </>
  );
}
