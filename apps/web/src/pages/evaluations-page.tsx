/** Evaluations: what did agents ask, what was decided, and why? Newest first; each opens beside the list. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { EvaluationFilterBar, NO_FILTERS } from '../features/evaluations/evaluation-filters.js';
import { evaluationColumns, NARROW } from '../features/evaluations/evaluation-columns.js';
import { StopButton } from '../features/kill-switch/stop-button.js';
import { EvaluationPeek } from '../features/evaluations/evaluation-peek.js';
import { isFiltered, type EvaluationSearch } from '../features/evaluations/evaluations.search.js';
import {
  choicesQuery,
  evaluationsQuery,
  newestEvaluationsQuery,
  type EvaluationInFull,
} from '../features/evaluations/evaluations.queries.js';
import { count, lowered } from '../shared/format.js';
import { useZone } from '../shared/url/use-zone.js';
import { NewerPill } from '../shared/records/newer-pill.js';
import { RecordList } from '../shared/records/record-list.js';
import { useNewer, useRecords } from '../shared/records/use-records.js';
import { Button } from '../shared/ui/button.js';
import { GuideLink } from '../shared/ui/guide-link.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty } from '../shared/ui/states.js';
import { rangeLabel, rangeOf, type TimeSearch } from '../shared/url/time-range.js';

const route = getRouteApi('/$scope/evaluations');

export default function EvaluationsPage() {
  const { scope } = route.useParams();
  const { t, from, to, peek, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const zone = useZone();
  const list = useRecords(evaluationsQuery(scope, filters, { t, from, to }));
  const newer = useNewer(list, newestEvaluationsQuery(scope, filters, { t, from, to }));
  const { data: policy } = useQuery(choicesQuery(scope));
  const columns = useMemo(
    () => evaluationColumns(zone, new Map(policy?.tools.map(({ name, class: of }) => [name, of]))),
    [zone, policy],
  );
  const go = (change: Partial<EvaluationSearch & TimeSearch>, replace = false) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace });
  const close = () => go({ peek: undefined });
  // oxlint-disable-next-line react/purity -- a sliding range ends now
  const label = lowered(rangeLabel(rangeOf({ t, from, to }, Date.now()), zone));

  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Evaluations"
        note={list.loaded && `${count(list.total)} ${isFiltered(filters) ? 'match' : 'recorded'} · ${label}`}
        actions={<NewerPill count={newer} onShow={list.restart} />}
      />
      <EvaluationFilterBar
        tenant={scope}
        search={filters}
        onChange={(change) => go({ ...change, peek: undefined })}
      />
      <RecordList
        label="Evaluations, newest first"
        of={list}
        idOf={({ id }) => id}
        columns={peek ? columns.slice(0, NARROW) : columns}
        peek={peek}
        onPeek={(row, replace) => go({ peek: row?.id }, replace)}
        empty={
          <Nothing
            filters={filters}
            label={label}
            onClear={() => go(NO_FILTERS)}
            onWiden={() => go({ t: '7d', from: undefined, to: undefined })}
          />
        }
      >
        {peek && <EvaluationPeek tenant={scope} id={peek} onClose={close} actions={stopButtons(scope)} />}
      </RecordList>
    </div>
  );
}

/** Stops of what an evaluation was about, from it. */
const stopButtons =
  (tenant: string) =>
  ({ action, tool, assistant }: EvaluationInFull): ReactNode => [
    action === 'tools/call' && <StopButton key="tool" tenant={tenant} of={{ scope: 'tool', target: tool }} />,
    assistant && (
      <StopButton key="assistant" tenant={tenant} of={{ scope: 'assistant', target: assistant }} />
    ),
  ];

/** No denials is a success and says so; a filter that finds nothing is only that. */
function Nothing({
  filters,
  label,
  onClear,
  onWiden,
}: {
  readonly filters: EvaluationSearch;
  readonly label: string;
  readonly onClear: () => void;
  readonly onWiden: () => void;
}) {
  const onlyDenials = filters.effect?.length === 1 && filters.effect[0] === 'deny';
  if (onlyDenials && Object.values(filters).filter((value) => value !== undefined).length === 1)
    return (
      <Empty
        tone="ok"
        title={`No denials, ${label}`}
        action={<Button onClick={onClear}>Show every evaluation</Button>}
      >
        Whatever was asked in this time was not denied.
      </Empty>
    );
  if (isFiltered(filters))
    return (
      <Empty title="Nothing matches these filters" action={<Button onClick={onClear}>Clear filters</Button>}>
        The time range counts too: {label}.
      </Empty>
    );
  return (
    <Empty
      title="No agent has asked in this time"
      action={<Button onClick={onWiden}>Look at the past 7 days</Button>}
    >
      An agent asks with POST /access/v1/evaluation and an API key. <GuideLink to="wire-an-agent" />
    </Empty>
  );
}
