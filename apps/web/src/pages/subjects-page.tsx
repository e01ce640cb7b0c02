/** On whose behalf may agents act, and what may each do? */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { BindDialog, UnbindDialog } from '../features/subjects/subject-dialogs.js';
import { grantsOf, subjectsQuery, type Subject } from '../features/subjects/subjects.queries.js';
import { useMay } from '../shared/api/session.js';
import { ago, count } from '../shared/format.js';
import { FilterText } from '../shared/records/filter-text.js';
import { RecordGrid, type GridColumn } from '../shared/records/record-grid.js';
import { Button } from '../shared/ui/button.js';
import { EffectPill } from '../shared/ui/effect-pill.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';

const route = getRouteApi('/$scope/settings/subjects');

export default function SubjectsPage() {
  const { scope } = route.useParams();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...subjectsQuery(scope, q),
    placeholderData: (was) => was,
  });
  const mayBind = useMay(scope, 'update', 'Subject');
  const mayUnbind = useMay(scope, 'delete', 'Subject');
  const [at, setAt] = useState<string | null>(null);
  const [open, setOpen] = useState<{ readonly what: 'bind' | 'unbind'; readonly id: string | null } | null>(
    null,
  );
  const rows = useMemo(() => data?.pages.flatMap(({ nodes }) => nodes) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const total = data?.pages[0]?.totalCount ?? 0;
  const chosen = rows.find((row) => idOf(row) === open?.id) ?? null;
  const columns = useMemo(
    () => subjectColumns(mayUnbind ? (row) => setOpen({ what: 'unbind', id: idOf(row) }) : null),
    [mayUnbind],
  );
  const close = () => setOpen(null);
  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Subjects"
        note={data && `${count(total)} ${q ? 'match' : 'bound'}`}
        actions={
          <>
            <FilterText
              label="Search by id"
              className="w-60"
              value={q}
              onChange={(next) => void navigate({ search: (was) => ({ ...was, q: next }), replace: true })}
            />
            {mayBind && (
              <Button
                kind="primary"
                icon={<UserPlus size={15} aria-hidden />}
                onClick={() => setOpen({ what: 'bind', id: null })}
              >
                Bind subject…
              </Button>
            )}
          </>
        }
      />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={14} />}
      {data && rows.length === 0 && (
        <Empty title={typeof q === 'string' ? `No subject has “${q}” in its id` : 'No subject is bound yet'}>
          {q
            ? 'Only the id is searched.'
            : 'Until one is, every evaluation is refused: the subject is unknown.'}
        </Empty>
      )}
      {rows.length > 0 && (
        <RecordGrid
          label="Subjects"
          columns={columns}
          rows={rows}
          idOf={idOf}
          total={total}
          active={at}
          onActive={(row) => setAt(idOf(row))}
          onOpen={(row) => mayBind && setOpen({ what: 'bind', id: idOf(row) })}
          onClose={close}
          onEnd={more}
          busy={isFetchingNextPage}
          minWidth={760}
        />
      )}
      {open?.what === 'bind' && (open.id === null || chosen) && (
        <BindDialog key={chosen?.version ?? 'new'} tenant={scope} of={chosen} onClose={close} />
      )}
      {open?.what === 'unbind' && chosen && <UnbindDialog tenant={scope} of={chosen} onClose={close} />}
    </div>
  );
}

const idOf = ({ type, id }: Subject): string => `${type}/${id}`;

function subjectColumns(onUnbind: ((row: Subject) => void) | null): GridColumn<Subject>[] {
  return [
    { name: 'Type', width: '90px', cell: ({ type }) => <span className="text-muted">{type}</span> },
    { name: 'Id', width: 'minmax(180px, 1.2fr)', cell: ({ id }) => <code title={id}>{id}</code> },
    {
      name: 'Roles',
      width: 'minmax(140px, 1fr)',
      cell: ({ roles }) => roles.join(', ') || <span className="text-faint">none</span>,
    },
    {
      name: 'Tools beyond the roles',
      width: 'minmax(180px, 1.3fr)',
      cell: (row) => (
        <span className="flex items-center gap-2">
          {Object.entries(grantsOf(row)).map(([tool, effect]) => (
            <span key={tool} className="inline-flex items-center gap-1">
              <EffectPill effect={effect} />
              <code>{tool}</code>
            </span>
          ))}
        </span>
      ),
    },
    {
      name: 'Changed',
      width: '100px',
      cell: ({ updatedAt }) => (
        <time dateTime={updatedAt} title={updatedAt} className="text-muted">
          {ago(updatedAt)}
        </time>
      ),
    },
    ...(onUnbind
      ? [
          {
            name: 'Actions',
            width: '100px',
            end: true,
            cell: (row: Subject) => (
              <Button
                size="sm"
                kind="ghost"
                aria-label={`Unbind ${row.id}`}
                onClick={(event) => {
                  event.stopPropagation();
                  onUnbind(row);
                }}
              >
                Unbind…
              </Button>
            ),
          },
        ]
      : []),
  ];
}
