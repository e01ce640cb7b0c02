/** On every page while any switch touches this scope: what is stopped, by whom, since when. */
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { OctagonX } from 'lucide-react';
import { ALL, useSession } from '../../shared/api/session.js';
import { ago } from '../../shared/format.js';
import { killSwitchesQuery, modeWords, scopeWords } from './kill-switch.queries.js';

export function HazardBand({ scope }: { readonly scope: string }) {
  const { tenants } = useSession();
  const slugs = scope === ALL ? tenants.map(({ tenant }) => tenant.slug) : [scope];
  const lists = useQueries({ queries: slugs.map((slug) => killSwitchesQuery(slug, true)) });
  const inForce = [...new Map(lists.flatMap(({ data }) => data ?? []).map((one) => [one.id, one])).values()];
  const [first] = inForce;
  return (
    <div aria-live="assertive">
      {first && (
        <div className="hazard px-0 py-1">
          <div className="mx-1 flex min-h-8 items-center gap-2 bg-surface px-3 text-13">
            <OctagonX size={16} aria-hidden className="shrink-0 text-crit" />
            <p className="min-w-0 truncate">
              <strong className="font-semibold">Panic on:</strong> {scopeWords(first)} ·{' '}
              {modeWords(first.mode)} · by {first.engagedBy}, {ago(first.engagedAt)}
              {inForce.length > 1 && <span className="text-muted"> · and {inForce.length - 1} more</span>}
            </p>
            <Link
              to="/$scope/panic"
              params={{ scope: scope === ALL && first.tenant !== '_platform' ? first.tenant : scope }}
              className="ml-auto shrink-0 rounded-control border border-line-strong px-2 text-12 leading-6 font-medium hover:bg-sunken"
            >
              View
            </Link>
          </div>
        </div>
      )}
    </div>
  );
}
