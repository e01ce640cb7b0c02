/** What people changed in this time, newest first; each opens its audit record. */
import { Link } from '@tanstack/react-router';
import { dateTime, minute, words } from '../../shared/format.js';
import { usePreferences } from '../../shared/preferences.js';
import { Empty } from '../../shared/ui/states.js';
import type { Overview } from './overview.queries.js';

export function WhatChanged({ of, showTenant }: { readonly of: Overview; readonly showTenant: boolean }) {
  const { zone } = usePreferences();
  if (of.changes.length === 0) return <Empty title="Nothing was changed in this time" />;
  return (
    <ol className="flex flex-col">
      {of.changes.slice(0, 12).map(({ tenant, seq, at, actor, action, target, reason }) => (
        <li key={`${tenant} ${seq}`} className="flex gap-3 border-b border-line px-3 py-1.5 last:border-b-0">
          <time dateTime={at} title={dateTime(at, zone)} className="shrink-0 text-12 leading-5 text-faint">
            {minute(at, zone)}
          </time>
          <div className="min-w-0">
            <p className="truncate">
              <Link
                to={'/$scope/audit' as never}
                params={{ scope: tenant } as never}
                search={{ peek: seq } as never}
                className="font-medium hover:underline"
              >
                {words(action)}
              </Link>{' '}
              <code className="text-muted">{target}</code>
            </p>
            <p className="truncate text-12 text-muted" title={reason ?? undefined}>
              {actor}
              {showTenant && ` · ${tenant}`}
              {reason && ` · ${reason}`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
