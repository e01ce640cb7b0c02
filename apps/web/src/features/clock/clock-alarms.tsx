/** What is refused because of the clock, and both times. */
import { ClockAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useSession } from '../../shared/api/session.js';
import { dateTime } from '../../shared/format.js';
import { Button } from '../../shared/ui/button.js';
import { useZone } from '../../shared/url/use-zone.js';
import AcknowledgeClock from './acknowledge-clock.js';
import type { ClockAlarm, TenantAhead } from './clock.queries.js';

/** `jump` of the clock itself, else the tenants whose records lie ahead of it. */
export default function Alarms({
  jump,
  ahead: [first, ...others],
}: {
  readonly jump: ClockAlarm | null;
  readonly ahead: readonly TenantAhead[];
}) {
  if (jump !== null) return <Jumped of={jump} />;
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
      {open && <AcknowledgeClock database={database} onClose={() => setOpen(false)} />}
    </aside>
  );
}
