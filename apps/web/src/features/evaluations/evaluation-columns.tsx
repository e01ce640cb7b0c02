import { clock, dateTime, day, minute, words, type Zone } from '../../shared/format.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import type { GridColumn } from '../../shared/records/record-grid.js';
import type { EvaluationRow } from './evaluations.queries.js';
import { reasonSentence } from './trail-stages.js';

/** Those that stay in sight beside an open evaluation. */
export const NARROW = 5;

/** Today to the second; before that, the day. */
const moment = (at: string, zone: Zone): string =>
  day(at, zone) === day(new Date(), zone) ? clock(at, zone) : `${day(at, zone)} ${minute(at, zone)}`;

/** The list's columns; `classes` are those of the tools in the current policy. */
export const evaluationColumns = (
  zone: Zone,
  classes: ReadonlyMap<string, string>,
): GridColumn<EvaluationRow>[] => [
  {
    name: 'Time',
    width: '108px',
    render: ({ at }) => (
      <time dateTime={at} title={`${dateTime(at, zone)} ${zone} · ${at}`} className="text-muted">
        {moment(at, zone)}
      </time>
    ),
  },
  { name: 'Effect', width: '88px', render: ({ effect }) => <EffectPill effect={effect} /> },
  {
    name: 'Tool',
    width: 'minmax(260px, 1.3fr)',
    render: ({ tool }) => (
      // On a narrow page the class comes first: what is cut is the name, which has itself on hover.
      <span className="flex items-center gap-2 max-[559px]:flex-row-reverse max-[559px]:justify-end">
        <code className="truncate" title={tool}>
          {tool}
        </code>
        {classes.has(tool) && <ClassChip of={classes.get(tool)!} className="shrink-0" />}
      </span>
    ),
  },
  {
    name: 'Reason',
    width: 'minmax(180px, 1.6fr)',
    render: ({ reason, detail }) =>
      reason === 'allowed' ? (
        <span className="text-faint">every stage passed</span>
      ) : (
        <span title={`${words(reason)}: ${reasonSentence(reason, detail)}`}>
          {reasonSentence(reason, detail)}
        </span>
      ),
  },
  {
    name: 'Subject',
    width: 'minmax(110px, .8fr)',
    render: ({ subjectId, subjectRef }) =>
      subjectId === null ? (
        <span className="text-faint italic" title={`pseudonym ${subjectRef}`}>
          erased
        </span>
      ) : (
        <span title={subjectId}>{subjectId}</span>
      ),
  },
  {
    name: 'Assistant',
    width: 'minmax(100px, .7fr)',
    render: ({ assistant }) => assistant ?? <span className="text-faint">not named</span>,
  },
  {
    name: 'Channel',
    width: '92px',
    render: ({ channel }) => <span className="text-muted">{words(channel)}</span>,
  },
  {
    name: 'Run',
    width: '120px',
    render: ({ runId }) =>
      runId === null ? <span className="text-faint">–</span> : <code title={runId}>{runId}</code>,
  },
];
