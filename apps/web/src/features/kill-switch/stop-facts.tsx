/** The impact of a stop now, and who could lift it: said before it is used. What is not known is said to be so. */
import { liftSentence } from '@reeve/policy/stops';
import { useQuery } from '@tanstack/react-query';
import { count } from '../../shared/format.js';
import type { KillScope } from '../../shared/gql/generated/graphql.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { impactQuery, liftTermsQuery } from './kill-switch.queries.js';

interface OfStop {
  readonly tenant: string;
  readonly scope: KillScope;
}

export function Impact({ tenant, scope, target }: OfStop & { readonly target: string }) {
  const { data, error } = useQuery({ ...impactQuery(tenant, scope, target), enabled: tenant !== '' });
  const figures = [
    ['Assistants', data && count(data.assistants)],
    ['Calls/min, past 5 min', data && data.callsPerMinute.toFixed(data.callsPerMinute < 10 ? 1 : 0)],
    ['Allowed in the past hour', data && count(data.allowedLastHour)],
  ] as const;
  return (
    <div>
      <dl className="grid grid-cols-3 gap-2">
        {figures.map(([label, value]) => (
          <div key={label} className="rounded-control bg-sunken px-3 py-2">
            <dt className="text-12 text-muted">{label}</dt>
            <dd className="text-16 font-semibold">{value ?? (error ? 'not known' : '–')}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-12 text-faint">
        Calls that were allowed before finish. What was sent or paid is not undone.
      </p>
    </div>
  );
}

export function LiftTerms({ tenant, scope }: OfStop) {
  const { data, error } = useQuery({ ...liftTermsQuery(tenant, scope), enabled: tenant !== '' });
  return (
    <p className="text-12 text-muted">
      {data
        ? liftSentence(data.rule, data.people)
        : error
          ? 'Who could lift it is not known right now.'
          : tenant === ''
            ? 'Who could lift it depends on the tenant.'
            : 'Reading who could lift it…'}{' '}
      <GuideLink to="stop-and-lift">How lifting works</GuideLink>
    </p>
  );
}
