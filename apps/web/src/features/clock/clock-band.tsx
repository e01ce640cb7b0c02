/** On every page while the database's clock is not believed, or a tenant's records lie ahead of it: what is refused, and both times. */
import { useQuery } from '@tanstack/react-query';
import { ClockAlert } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useSession } from '../../shared/api/session.js';
import { dateTime } from '../../shared/format.js';
import { Button } from '../../shared/ui/button.js';
import { useZone } from '../../shared/url/use-zone.js';
import { clockAlarmQuery, type ClockAlarm, type TenantAhead } from './clock.queries.js';

// Nobody needs it while the clock is believed.
const AcknowledgeClock = lazy(() => import('./acknowledge-clock.js'));

export function ClockBand({ scope }: { readonly scope: string }) {
  const { data } = useQuery(clockAlarmQuery(scope));
  if (data?.clockAlarm) return <Jumped of={data.clockAlarm} />;
  const [first, ...others] = data?.tenantsAhead ?? [];
  return first && <Ahead of={first} others={others} />;
}

function Jumped({ of: { since, database, expected } }: { readonly of: ClockAlarm }) {
  const at = useInstants();
  return (
    <Alarm database={at(database)}>
      <strong className="font-semibold">The database’s clock jumped:</strong> it says {at(database)} where{' '}
      {at(expected)} is due. Since {at(since)} every question of an agent and every change is refused; stops
      still work.
    </Alarm>
  );
}

function Ahead({ of, others }: { readonly of: TenantAhead; readonly others: readonly TenantAhead[] }) {
  const at = useInstants();
  const { slug, lastRecordAt, database } = of;
  return (
    <Alarm database={at(database)}>
      <strong className="font-semibold">Records in the future:</strong> the last one of {slug} is of{' '}
      {at(lastRecordAt)}, the database’s clock says {at(database)}.
      {others.length > 0 && ` So it is for ${others.map((other) => other.slug).join(', ')}.`} There every
      question of an agent and every change is refused; stops still work.
    </Alarm>
  );
}

function useInstants() {
  const zone = useZone();
  return (instant: string) => `${dateTime(instant, zone)} ${zone}`;
}

function Alarm({ database, children }: { readonly database: string; readonly children: ReactNode }) {
  const { member } = useSession();
  const [open, setOpen] = useState(false);
  return (
    <aside
      aria-label="Clock alarm"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-crit bg-deny-fill px-3 py-1 text-13"
    >
      <ClockAlert size={16} aria-hidden className="shrink-0 text-crit" />
      <p role="alert" className="min-w-0 flex-1">
        {children}
      </p>
      {member.platformAdmin ? (
        <Button size="sm" onClick={() => setOpen(true)}>
          Acknowledge clock…
        </Button>
      ) : (
        <span className="text-12">A platform administrator can vouch for it.</span>
      )}
      {open && (
        <Suspense>
          <AcknowledgeClock database={database} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </aside>
  );
}
