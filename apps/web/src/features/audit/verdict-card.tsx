/** One verdict with what it rests on. Here no key is at hand, so the best one is *consistent*. */
import { describeVerdict, type Verdict } from '@reeve/audit/chain';
import { Link } from '@tanstack/react-router';
import { count, dateTime } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { Copyable } from '../../shared/records/copyable.js';
import { Fact, Facts } from '../../shared/records/facts.js';
import { StatusShape, type Tone } from '../../shared/ui/status.js';
import { headline } from './headline.js';

const LOOKS = {
  verified: ['ok', 'border-ok'],
  consistent: ['ok', 'border-ok'],
  broken: ['crit', 'border-crit'],
  incomplete: ['warn', 'border-warn'],
  unknown_key: ['warn', 'border-warn'],
} as const satisfies Record<Verdict['verdict'], readonly [Tone, string]>;

export function VerdictCard({
  of: verdict,
  tenant,
  tookMs,
}: {
  readonly of: Verdict;
  readonly tenant: string;
  readonly tookMs: number;
}) {
  const [tone, border] = LOOKS[verdict.verdict];
  return (
    <section
      aria-label="Verdict"
      aria-live="polite"
      className={`rounded-card border bg-surface p-4 ${border}`}
    >
      <h2 className="flex items-center gap-2 text-16">
        <StatusShape tone={tone} />
        {headline(verdict)}
      </h2>
      <p className="mt-1 text-13 text-muted">{describeVerdict(verdict)}</p>
      <div className="mt-3">
        <Details of={verdict} tenant={tenant} />
      </div>
      <p className="mt-2 text-12 text-faint">
        Checked in this browser in {(tookMs / 1000).toFixed(1)} s; the file went nowhere.
      </p>
    </section>
  );
}

function Details({ of: verdict, tenant }: { readonly of: Verdict; readonly tenant: string }) {
  const zone = useZone();
  if (verdict.verdict === 'verified' || verdict.verdict === 'consistent')
    return (
      <Facts>
        <Fact name="Tenant">{verdict.tenantName}</Fact>
        <Fact name="Records">
          {count(verdict.count)}
          {verdict.count > 0 && `, #${count(verdict.from)} to #${count(verdict.to)}`}
        </Fact>
        <Fact name="Head">
          <span className="font-mono text-12">#{verdict.head.seq}</span>&nbsp;
          <Copyable text={verdict.head.hash} label="head hash" />
        </Fact>
        <Fact name="Exported">
          {dateTime(verdict.exportedAt, zone)} {zone}
        </Fact>
      </Facts>
    );
  if (verdict.verdict !== 'broken') return null;
  return (
    <Facts>
      <Fact name="Expected">
        <Copyable text={verdict.expected} label="what was expected" />
      </Fact>
      <Fact name="Found">
        <Copyable text={verdict.found} label="what was found" />
      </Fact>
      {verdict.line !== null && <Fact name="Line">{count(verdict.line)} of the file</Fact>}
      {verdict.seq !== null && (
        <Fact name="Ledger">
          <Link
            to="/$scope/audit"
            params={{ scope: tenant }}
            search={{ peek: String(verdict.seq) }}
            className="text-accent hover:underline"
          >
            record #{verdict.seq} as it stands here
          </Link>
        </Fact>
      )}
    </Facts>
  );
}
