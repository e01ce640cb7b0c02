/** The outcome: reported by the agent, compared with what was authorised. */
import { Link } from '@tanstack/react-router';
import { dateTime } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { Fact, Facts } from '../../shared/records/facts.js';
import { Status, type Tone } from '../../shared/ui/status.js';
import type { EvaluationInFull } from './evaluations.queries.js';

interface Report {
  readonly ungoverned?: boolean;
  readonly error_type?: string | null;
  readonly latency_ms?: number | null;
  readonly cost_usd?: number | null;
  readonly result_digest?: string | null;
}

const STATUSES: Readonly<Record<string, readonly [Tone, string]>> = {
  succeeded: ['ok', 'Succeeded'],
  failed: ['warn', 'Failed'],
  not_executed: ['info', 'Not executed'],
};

export function Executed({
  tenant,
  of: { outcome, effect },
}: {
  readonly tenant: string;
  readonly of: EvaluationInFull;
}) {
  const zone = useZone();
  if (!outcome)
    return (
      <p className="text-13">
        {effect === 'allow' ? (
          <Status tone="unknown">Allowed; nobody has reported what came of it.</Status>
        ) : (
          <Status tone="ok">Nothing was reported as executed, as it should be.</Status>
        )}
      </p>
    );
  const report = (outcome.detail ?? {}) as Report;
  const [tone, word] = STATUSES[outcome.status] ?? ['unknown', outcome.status];
  return (
    <>
      {report.ungoverned && (
        <p className="mb-2 font-medium">
          <Status tone="crit">Executed although it was not allowed.</Status>
        </p>
      )}
      <Facts>
        <Fact name="Outcome">
          <Status tone={tone}>{word}</Status>
        </Fact>
        <Fact name="Arguments">
          <Match of={outcome.argumentsMatch ?? null} />
        </Fact>
        {report.error_type && (
          <Fact name="Error">
            <code>{report.error_type}</code>
          </Fact>
        )}
        {report.latency_ms != null && <Fact name="Took">{Math.round(report.latency_ms)} ms</Fact>}
        {report.cost_usd != null && <Fact name="Cost">${report.cost_usd.toFixed(4)}</Fact>}
        <Fact name="Reported">
          {dateTime(outcome.at, zone)} {zone} ·&nbsp;
          <Link
            to="/$scope/audit"
            params={{ scope: tenant }}
            search={{ peek: outcome.seq }}
            className="font-mono text-12 text-accent hover:underline"
          >
            #{outcome.seq}
          </Link>
        </Fact>
      </Facts>
    </>
  );
}

function Match({ of }: { readonly of: boolean | null }) {
  if (of === null) return <Status tone="unknown">not reported, so not compared</Status>;
  return of ? (
    <Status tone="ok">executed as authorised</Status>
  ) : (
    <Status tone="crit">differ from what was authorised</Status>
  );
}
