/** On every page while the database's clock is not believed: what is refused, since when, and both times. */
import { useQuery } from '@tanstack/react-query';
import { ClockAlert } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useSession } from '../../shared/api/session.js';
import { dateTime } from '../../shared/format.js';
import { Button } from '../../shared/ui/button.js';
import { useZone } from '../../shared/url/use-zone.js';
import { clockAlarmQuery, type ClockAlarm } from './clock.queries.js';

// Nobody needs it while the clock is believed.
const AcknowledgeClock = lazy(() => import('./acknowledge-clock.js'));

export function ClockBand() {
  const { data: alarm } = useQuery(clockAlarmQuery);
  return alarm && <Alarm of={alarm} />;
}

function Alarm({ of: { since, database, expected } }: { readonly of: ClockAlarm }) {
  const zone = useZone();
  const { member } = useSession();
  const [open, setOpen] = useState(false);
  const at = (instant: string) => `${dateTime(instant, zone)} ${zone}`;
  return (
    <aside
      aria-label="Clock alarm"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-crit bg-deny-fill px-3 py-1 text-13"
    >
      <ClockAlert size={16} aria-hidden className="shrink-0 text-crit" />
      <p role="alert" className="min-w-0 flex-1">
        <strong className="font-semibold">The database’s clock jumped:</strong> it says {at(database)} where{' '}
        {at(expected)} is due. Since {at(since)} every question of an agent and every change is refused; stops
        still work.
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
          <AcknowledgeClock database={at(database)} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </aside>
  );
}
