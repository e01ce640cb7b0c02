/** The frame around every page: the rail, the top bar, the hazard band, and the layers over them. */
import { getRouteApi, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { PLATFORM_SLUG } from '@reeve/policy/roles';
import { ClockBand } from '../features/clock/clock-band.js';
import { HazardBand } from '../features/kill-switch/hazard-band.js';
import { useLive } from '../shared/api/live.js';
import { ALL, abilityIn, slugsIn, useSession } from '../shared/api/session.js';
import { listenForShortcuts, useShortcuts, type Shortcut } from '../shared/shortcuts.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty, Skeleton } from '../shared/ui/states.js';
import { notify } from '../shared/ui/toast.js';
import { useZone } from '../shared/url/use-zone.js';
import { destinationAt, DESTINATIONS, type Destination } from './destinations.js';
import type { Layer } from './layers.js';
import { MissingTenant } from './missing.js';
import { Rail } from './rail.js';
import { TopBar } from './top-bar.js';
import { useTouched } from './use-touched.js';

// Nobody needs them for the first view; they are fetched when the page is touched.
const Layers = lazy(() => import('./layers.js').then((module) => ({ default: module.Layers })));

const route = getRouteApi('/$scope');

export function Shell() {
  const { scope } = route.useParams();
  const session = useSession();
  const navigate = useNavigate();
  const zone = useZone();
  const [layer, setLayer] = useState<Layer | null>(null);
  const [paused, setPaused] = useState(false);

  const known =
    scope === ALL ||
    session.tenants.some(({ tenant }) => tenant.slug === scope) ||
    (scope === PLATFORM_SLUG && session.member.platformAdmin);
  /** The scope that the ways on lead to from a tenant that is none. */
  const at = known ? scope : ALL;
  useLive(known ? slugsIn(session, scope) : [], paused);
  useEffect(listenForShortcuts, []);

  const visible = useMemo(() => {
    const ability = abilityIn(session, at);
    return DESTINATIONS.filter(({ needs }) => needs === null || ability.can(...needs));
  }, [session, at]);
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      ...visible.map(({ to, key, label }) => ({
        keys: `g ${key}`,
        label,
        group: 'Go to' as const,
        run: () => void navigate({ to, params: { scope: at } }),
      })),
      {
        keys: 'Ctrl+K',
        label: 'Search or run a command',
        group: 'Everywhere',
        run: () => setLayer('palette'),
      },
      { keys: '?', label: 'Keyboard shortcuts', group: 'Everywhere', run: () => setLayer('keys') },
      { keys: 'Shift+P', label: 'Panic: stop tools', group: 'Everywhere', run: () => setLayer('stop') },
      {
        keys: 'c',
        label: 'Copy the link to this view',
        group: 'Everywhere',
        run: () => {
          // Whoever opens it sees the same times, whatever zone they prefer.
          const link = new URL(location.href);
          link.searchParams.set('tz', zone);
          void navigator.clipboard.writeText(link.href).then(() => notify({ title: 'Link copied' }));
        },
      },
      {
        keys: '.',
        label: 'Pause or resume live updates',
        group: 'Everywhere',
        run: () => setPaused((was) => !was),
      },
    ],
    [visible, navigate, at, zone],
  );
  useShortcuts(shortcuts);
  const touched = useTouched();

  return (
    <div className="flex h-full">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:absolute focus:z-60 focus:m-2 focus:bg-raised focus:p-2"
      >
        Skip to the page
      </a>
      <Rail scope={at} destinations={visible} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          scope={scope}
          paused={paused}
          onPause={() => setPaused(!paused)}
          onPalette={() => setLayer('palette')}
          onPanic={() => setLayer('stop')}
          onKeys={() => setLayer('keys')}
        />
        {known && <ClockBand scope={scope} />}
        {known && <HazardBand scope={scope} />}
        <main id="page" tabIndex={-1} className="min-h-0 flex-1 overflow-auto p-3 outline-none">
          {known ? (
            <Suspense fallback={<PageAwaited />}>
              {/* Another scope is another page: nothing of the last one is shown as this one's. */}
              <Page key={scope} scope={scope} />
            </Suspense>
          ) : (
            <MissingTenant slug={scope} />
          )}
        </main>
      </div>
      <Suspense>
        {(touched || layer !== null) && (
          <Layers layer={layer} onLayer={setLayer} scope={at} destinations={visible} />
        )}
      </Suspense>
    </div>
  );
}

/** A page that is not read yet has its title already. */
function PageAwaited() {
  const here = destinationAt(useLocation().pathname);
  return (
    <>
      {here && <PageHead title={here.label} />}
      <Skeleton rows={10} />
    </>
  );
}

/** The page, or which role it takes. */
function Page({ scope }: { readonly scope: string }) {
  const session = useSession();
  const ability = abilityIn(session, scope);
  // The address, not the matches: a match is there a moment later, and the gate must not be open meanwhile.
  const here = destinationAt(useLocation().pathname);
  if (here?.needs && !ability.can(...here.needs))
    return (
      <Empty title={`You may not see ${here.label} here`}>
        It takes a role that can {here.needs[0]} {here.needs[1].toLowerCase()}. An owner of this tenant can
        grant it.
      </Empty>
    );
  if (scope === ALL && here && !here.acrossTenants) return <PickTenant label={here.label} to={here.to} />;
  return <Outlet />;
}

function PickTenant({ label, to }: Pick<Destination, 'label' | 'to'>) {
  const { tenants } = useSession();
  const navigate = useNavigate();
  return (
    <Empty title={`${label} belongs to one tenant`}>
      <span className="mt-2 flex justify-center gap-2">
        {tenants.map(({ tenant }) => (
          <button
            key={tenant.id}
            type="button"
            className="text-accent underline"
            onClick={() => void navigate({ to, params: { scope: tenant.slug }, search: true })}
          >
            {tenant.name}
          </button>
        ))}
      </span>
    </Empty>
  );
}
