/** One record: what it says, what it changed, and what makes it checkable. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dateTime, words } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { Button, buttonStyle } from '../../shared/ui/button.js';
import { Copyable } from '../../shared/records/copyable.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { Fact, Facts } from '../../shared/records/facts.js';
import { DockedPeek, PeekSection } from '../../shared/records/docked-peek.js';
import { ErrorCard, Skeleton } from '../../shared/ui/states.js';
import { isUngoverned, ungovernedWords } from '../../shared/records/outcome-words.js';
import { Status } from '../../shared/ui/status.js';
import { InertText } from '../../shared/records/inert-text.js';
import { auditRecordQuery, type AuditRecordInFull } from './audit.queries.js';
import { subjectName } from './audit-columns.js';
import type { AuditFilters } from './audit.search.js';
import { changeTold, valueWords, type ChangeTold } from './change-sentence.js';
import type { Difference } from './json-diff.js';

interface Payload {
  readonly change?: {
    readonly before?: unknown;
    readonly after?: unknown;
    readonly reason?: string;
    /** Digests of the sides that are kept beside the record. */
    readonly whole?: { readonly before?: string; readonly after?: string };
  };
  readonly evaluation?: { readonly id?: string } | null;
  readonly executed?: { readonly cause?: string };
}

export function RecordPeek({
  tenant,
  seq,
  onClose,
  onFilter,
}: {
  readonly tenant: string;
  readonly seq: string;
  readonly onClose: () => void;
  readonly onFilter: (change: Partial<AuditFilters>) => void;
}) {
  const { data, error, refetch } = useQuery(auditRecordQuery(tenant, seq));
  return (
    <DockedPeek
      title={<span className="font-mono">#{seq}</span>}
      note={data && <code>{data.action}</code>}
      onClose={onClose}
    >
      {error && (
        <div className="p-3">
          <ErrorCard error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {!data && !error && <Skeleton rows={10} />}
      {data && <Record tenant={tenant} of={data} onFilter={onFilter} />}
    </DockedPeek>
  );
}

function Record({
  tenant,
  of,
  onFilter,
}: {
  readonly tenant: string;
  readonly of: AuditRecordInFull;
  readonly onFilter: (change: Partial<AuditFilters>) => void;
}) {
  const zone = useZone();
  const { change, evaluation, executed } = JSON.parse(of.payload ?? '{}') as Payload;
  const evaluationId = of.kind === 'evaluation' ? of.id : evaluation?.id;
  return (
    <>
      <PeekSection title={words(of.kind)} note={`${dateTime(of.at, zone)} ${zone}`}>
        {isUngoverned(of) && (
          <p className="mb-2 font-medium">
            <Status tone="crit">{ungovernedWords(of.target, executed?.cause)}</Status>
          </p>
        )}
        <Facts>
          <Fact name="Actor">
            <span className="truncate" title={of.actorId}>
              {of.actor}
            </span>
            <Button
              size="sm"
              kind="ghost"
              className="ml-1 !h-6"
              onClick={() => onFilter({ actor: of.actorId })}
            >
              Only theirs
            </Button>
          </Fact>
          <Fact name="Target">
            <Copyable text={of.target} label="target" />
          </Fact>
          {of.subjectRef && (
            <Fact name="Subject">
              <Copyable text={subjectName(of)} label="subject" />
              <Button
                size="sm"
                kind="ghost"
                className="ml-1 !h-6"
                onClick={() => onFilter({ subject: of.subjectRef ?? undefined })}
              >
                Only about them
              </Button>
            </Fact>
          )}
          {of.effect && (
            <Fact name="Effect">
              <EffectPill effect={of.effect} />
            </Fact>
          )}
          {of.reason && <Fact name="Reason">{of.kind === 'change' ? of.reason : words(of.reason)}</Fact>}
          {evaluationId && (
            <Fact name="Evaluation">
              <Link
                to="/$scope/evaluations"
                params={{ scope: tenant }}
                search={{ peek: evaluationId }}
                className="text-accent hover:underline"
              >
                why it was decided so
              </Link>
            </Fact>
          )}
        </Facts>
      </PeekSection>
      {change && <Changed told={changeTold({ ...of, before: change.before, after: change.after })} />}
      {change?.whole && <Wholes tenant={tenant} seq={of.seq} of={change.whole} />}
      <PeekSection title="Chain">
        <Facts>
          <Fact name="Hash">
            <Copyable text={of.hash} label="hash" />
          </Fact>
          <Fact name="Follows">
            <Copyable text={of.prev} label="previous hash" />
          </Fact>
          <Fact name="Signed with">
            <code>{of.keyId}</code>
          </Fact>
          <Fact name="Record id">
            <Copyable text={of.id} label="record id" />
          </Fact>
        </Facts>
      </PeekSection>
      <PeekSection title="Signed payload" note="the exact bytes that were hashed">
        {of.payload === null ? (
          <p className="text-12 text-muted">
            It may name a run. Reading it takes a role that reads arguments.
          </p>
        ) : (
          <InertText text={of.payload} label="payload" />
        )}
      </PeekSection>
    </>
  );
}

function Changed({ told: { sentence, differences, digests } }: { readonly told: ChangeTold }) {
  return (
    <PeekSection title="Changed">
      <p className="mb-2 text-13">{sentence}</p>
      {differences.length === 0 && digests.length === 0 && (
        <p className="text-12 text-muted">Nothing differs between before and after.</p>
      )}
      {differences.length > 0 && <Differences of={differences} />}
      {digests.length > 0 && (
        <details className="mt-2 text-12 text-muted">
          <summary className="cursor-pointer">{digests.length === 1 ? 'Its digest' : 'Digests'}</summary>
          <Differences of={digests} />
        </details>
      )}
    </PeekSection>
  );
}

/** Sides that were too long for the record. Their SHA-256 stands in the signed payload. */
function Wholes({
  tenant,
  seq,
  of,
}: {
  readonly tenant: string;
  readonly seq: string;
  readonly of: { readonly before?: string; readonly after?: string };
}) {
  return (
    <PeekSection title="Kept whole" note="too long for the record, which holds its SHA-256">
      <Facts>
        {(['before', 'after'] as const).map(
          (side) =>
            of[side] !== undefined && (
              <Fact key={side} name={words(side)}>
                <Copyable text={of[side]} label={`SHA-256 of ${side}`} />
                <a
                  className={buttonStyle('secondary', 'sm')}
                  href={`/v1/audit/whole?${new URLSearchParams({ tenant, seq, side }).toString()}`}
                  download={`${tenant}-${seq}-${side}.json`}
                >
                  Download the whole ({side})
                </a>
              </Fact>
            ),
        )}
      </Facts>
    </PeekSection>
  );
}

function Differences({ of }: { readonly of: readonly Difference[] }) {
  return (
    <table className="w-full table-fixed text-12">
      <thead>
        <tr className="text-left text-muted">
          <th scope="col" className="w-[34%] py-1 font-medium">
            Field
          </th>
          <th scope="col" className="py-1 font-medium">
            Before
          </th>
          <th scope="col" className="py-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ path, before, after }) => (
          <tr key={path} className="border-t border-line align-top">
            <th scope="row" className="py-1 pr-2 text-left font-normal break-words">
              {path === '' ? 'All of it' : words(path)}
            </th>
            <td className="py-1 pr-2 break-words text-muted">{valueWords(before)}</td>
            <td className="py-1 font-medium break-words">{valueWords(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
