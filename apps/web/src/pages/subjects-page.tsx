/** On whose behalf may agents act, and what may each do? */
import { compositeKey } from '@reeve/policy';
import { usePrefetchQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { AttributesDialog, ImportAttributesDialog } from '../features/subjects/attribute-dialogs.js';
import { BindDialog, SubjectDialog, UnbindDialog } from '../features/subjects/subject-dialogs.js';
import {
  grantsOf,
  grantWords,
  subjectChoicesQuery,
  subjectsQuery,
  type Subject,
} from '../features/subjects/subjects.queries.js';
import { useMay } from '../shared/api/session.js';
import { ago, count } from '../shared/format.js';
import { FilterText } from '../shared/records/filter-text.js';
import { latest } from '../shared/records/latest.js';
import { RecordGrid, type GridColumn } from '../shared/records/record-grid.js';
import { useRecords } from '../shared/records/use-records.js';
import { Button } from '../shared/ui/button.js';
import { EffectPill } from '../shared/ui/effect-pill.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';

type Open =
  | { readonly what: 'bind' | 'import' }
  | { readonly what: 'change' | 'attributes' | 'unbind'; readonly subject: Subject };

const route = getRouteApi('/$scope/settings/subjects');

export default function SubjectsPage() {
  const { scope } = route.useParams();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const { rows, total, loaded, error, at: readAt, retry, busy, more } = useRecords(subjectsQuery(scope, q));
  usePrefetchQuery(subjectChoicesQuery(scope)); // so that a dialog opens with its roles
  const mayBind = useMay(scope, 'update', 'Subject');
  const mayUnbind = useMay(scope, 'delete', 'Subject');
  const [at, setAt] = useState<string | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useMemo(
    () =>
      subjectColumns([
        ...(mayBind
          ? [{ label: 'Attributes', onClick: (subject: Subject) => setOpen({ what: 'attributes', subject }) }]
          : []),
        ...(mayUnbind
          ? [{ label: 'Unbind', onClick: (subject: Subject) => setOpen({ what: 'unbind', subject }) }]
          : []),
      ]),
    [mayBind, mayUnbind],
  );
  const close = () => setOpen(null);
  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Subjects"
        note={loaded && `${count(total)} ${q ? 'match' : 'bound'}`}
        actions={
          <>
            <FilterText
              slash
              label="Search by id"
              className="w-60"
              value={q}
              onChange={(next) => void navigate({ search: (was) => ({ ...was, q: next }), replace: true })}
            />
            {mayBind && <Button onClick={() => setOpen({ what: 'import' })}>Import attributes…</Button>}
            {mayBind && (
              <Button
                kind="primary"
                icon={<UserPlus size={15} aria-hidden />}
                onClick={() => setOpen({ what: 'bind' })}
              >
                Bind subject…
              </Button>
            )}
          </>
        }
      />
      {error && <ErrorCard error={error} onRetry={retry} asOf={rows.length > 0 ? readAt : undefined} />}
      {!loaded && !error && <Skeleton rows={14} />}
      {loaded && rows.length === 0 && (
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
          onOpen={(subject) => mayBind && setOpen({ what: 'change', subject })}
          onClose={close}
          onEnd={more}
          busy={busy}
        />
      )}
      {open?.what === 'bind' && <BindDialog tenant={scope} onClose={close} />}
      {open?.what === 'import' && <ImportAttributesDialog tenant={scope} onClose={close} />}
      {open?.what === 'attributes' && (
        <AttributesDialog tenant={scope} of={latest(rows, open.subject, idOf)} onClose={close} />
      )}
      {open?.what === 'change' && (
        <SubjectDialog tenant={scope} of={latest(rows, open.subject, idOf)} onClose={close} />
      )}
      {open?.what === 'unbind' && (
        <UnbindDialog tenant={scope} of={latest(rows, open.subject, idOf)} onClose={close} />
      )}
    </div>
  );
}

const idOf = ({ type, id }: Subject): string => compositeKey(type, id);

interface Act {
  readonly label: string;
  readonly onClick: (row: Subject) => void;
}

function subjectColumns(acts: readonly Act[]): GridColumn<Subject>[] {
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
        <span title={grantWords(row)}>
          {Object.entries(grantsOf(row)).map(([tool, effect]) => (
            <span key={tool} className="mr-2">
              <EffectPill effect={effect} className="mr-1 align-middle" />
              <code>{tool}</code>
            </span>
          ))}
        </span>
      ),
    },
    {
      name: 'Attributes',
      width: '100px',
      cell: ({ attributes }) =>
        Object.keys(attributes ?? {}).length || <span className="text-faint">none</span>,
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
    ...(acts.length > 0
      ? [
          {
            name: 'Actions',
            width: `${100 * acts.length}px`,
            actions: true,
            cell: (row: Subject) =>
              acts.map(({ label, onClick }) => (
                <Button
                  key={label}
                  size="sm"
                  kind="ghost"
                  aria-label={`${label} ${row.id}`}
                  onClick={(event) => {
                    event.stopPropagation();
                    onClick(row);
                  }}
                >
                  {label}…
                </Button>
              )),
          },
        ]
      : []),
  ];
}
