/** Changes that people made in this time, newest first; each opens its audit record. */
import { Link } from '@tanstack/react-router';
import { dateTime, minute } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { Empty } from '../../shared/ui/states.js';
import { changeLines } from '../../shared/records/change-words.js';
import type { Overview } from './overview.queries.js';

const LINES = 12;

export function WhatChanged({ of, showTenant }: { readonly of: Overview; readonly showTenant: boolean }) {
  const zone = useZone();
  const lines = changeLines(of.changes);
  if (lines.length === 0) return <Empty title="Nothing was changed in this time" />;
  return (
    <ol className="flex flex-col">
      {lines
        .slice(0, LINES)
        .map(({ tenant, seq, at, actor, action, target, reason, headline, subject, times }) => (
          <li key={`${tenant} ${seq}`} className="flex gap-3 border-b border-line px-3 py-1 last:border-b-0">
            <time dateTime={at} title={dateTime(at, zone)} className="shrink-0 text-12 leading-5 text-faint">
              {minute(at, zone)}
            </time>
            <div className="min-w-0">
              <p className="truncate leading-5" title={`${action} ${target}`}>
                <Link
                  to="/$scope/audit"
                  params={{ scope: tenant }}
                  search={{ peek: seq }}
                  className="font-medium hover:underline"
                >
                  {headline}
                </Link>{' '}
                <span className="text-muted">{times > 1 ? `× ${times}` : subject}</span>
              </p>
              <p className="truncate text-12 leading-4 text-muted" title={reason ?? undefined}>
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
