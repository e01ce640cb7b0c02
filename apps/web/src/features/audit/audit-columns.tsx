import { dateTime, words, type Zone } from '../../shared/format.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { headlineOf, subjectOf } from '../../shared/records/change-words.js';
import { isUngoverned } from '../../shared/records/outcome-words.js';
import type { GridColumn } from '../../shared/records/record-grid.js';
import type { AuditRow } from './audit.queries.js';

export const auditColumns = (zone: Zone): GridColumn<AuditRow>[] => [
  {
    name: '#',
    width: '84px',
    end: true,
    render: ({ seq }) => <span className="font-mono text-12">{seq}</span>,
  },
  {
    name: `Time (${zone})`,
    width: '172px',
    render: ({ at }) => (
      <time dateTime={at} title={at} className="text-muted">
        {dateTime(at, zone)}
      </time>
    ),
  },
  {
    name: 'Actor',
    width: 'minmax(130px, .7fr)',
    render: ({ actor, actorId }) => <span title={actorId}>{actor}</span>,
  },
  {
    name: 'Action',
    width: '150px',
    render: ({ action, kind, reason }) => <span title={action}>{actionWords(kind, action, reason)}</span>,
  },
  {
    name: 'Target',
    width: 'minmax(206px, 1.2fr)',
    render: ({ target, targetName, kind }) =>
      kind === 'change' ? (
        <span title={target}>{targetName ?? subjectOf(target)}</span>
      ) : (
        <code title={target}>{target}</code>
      ),
  },
  {
    name: 'Subject',
    width: 'minmax(190px, .9fr)',
    render: (row) => (
      <code title={[subjectName(row), row.subjectRef].filter(Boolean).join(' · ')}>{subjectName(row)}</code>
    ),
  },
  {
    name: 'Result',
    width: '96px',
    render: ({ effect, kind }) =>
      effect ? <EffectPill effect={effect} /> : <span className="text-faint">{kind}</span>,
  },
  {
    name: 'Reason',
    width: 'minmax(160px, 1.4fr)',
    render: ({ reason, kind }) => {
      const text = reason === null || reason === undefined ? '' : kind === 'change' ? reason : words(reason);
      return <span title={text}>{text}</span>;
    },
  },
];

const actionWords = (kind: string, action: string, reason: string | null | undefined): string => {
  if (isUngoverned({ kind, reason })) return 'Ran without a decision';
  return kind === 'change' ? headlineOf(action) : words(action);
};

/** The subject it concerns, as far as the reader may know: by id, else by the beginning of the pseudonym. */
export const subjectName = ({
  subjectRef,
  subjectType,
  subjectId,
}: Pick<AuditRow, 'subjectRef' | 'subjectType' | 'subjectId'>): string =>
  subjectId === null ? (subjectRef?.slice(0, 8) ?? '') : `${subjectType}/${subjectId}`;
