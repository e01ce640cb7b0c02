/** On every page while any switch touches this scope, or while nobody knows: what is stopped, by whom, since when. */
import { Link } from '@tanstack/react-router';
import { OctagonX } from 'lucide-react';
import { ALL } from '../../shared/api/session.js';
import { ago } from '../../shared/format.js';
import { StatusShape } from '../../shared/ui/status.js';
import { useNow } from '../../shared/use-now.js';
import { modeWords, scopeWords, useKillSwitches } from './kill-switch.queries.js';

export function HazardBand({ scope }: { readonly scope: string }) {
  const { data: inForce = [], unknown, error, at } = useKillSwitches(scope, true);
  const now = useNow();
  const [first] = inForce;
  return (
    <aside aria-label="Stops in force" aria-live="assertive" className="shrink-0">
      {error && (
        <p className="flex min-h-7 items-center gap-2 border-b border-line bg-surface px-3 text-13">
          <StatusShape tone={unknown ? 'unknown' : 'warn'} />
          {unknown
            ? 'What is stopped is not known right now: it could not be read.'
            : `What is stopped is shown as of ${ago(new Date(at), now)}: it could not be read since.`}
        </p>
      )}
      {first && (
        <div className="hazard px-0 py-1">
          <div className="mx-1 flex min-h-7 items-center gap-2 bg-surface px-2 text-13">
            <OctagonX size={16} aria-hidden className="shrink-0 text-crit" />
            <p className="min-w-0 truncate">
              <strong className="font-semibold">Panic on:</strong> {scopeWords(first, scope === ALL)} ·{' '}
              {modeWords(first.mode)} · by {first.engagedBy}, {ago(first.engagedAt)}
              {inForce.length > 1 && <span className="text-muted"> · and {inForce.length - 1} more</span>}
            </p>
            <Link
              to="/$scope/panic"
              params={{ scope }}
              className="ml-auto shrink-0 rounded-control border border-line px-2 text-12 leading-6 font-medium hover:border-line-strong hover:bg-sunken"
            >
              View
            </Link>
          </div>
        </div>
      )}
    </aside>
  );
}
