/** On every page while the database's clock is not believed, or a tenant's records lie ahead of it. */
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { clockAlarmQuery } from './clock.queries.js';

// Nobody needs it while the clock is believed.
const Alarms = lazy(() => import('./clock-alarms.js'));

export function ClockBand({ scope }: { readonly scope: string }) {
  const { data } = useQuery(clockAlarmQuery(scope));
  const { clockAlarm = null, tenantsAhead = [] } = data ?? {};
  if (clockAlarm === null && tenantsAhead.length === 0) return null;
  return (
    <Suspense>
      <Alarms jump={clockAlarm} ahead={tenantsAhead} />
    </Suspense>
  );
}
