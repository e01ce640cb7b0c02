/** On whose behalf may agents act, and what may each do? */
import { compositeKey } from '@reeve/policy';
import { usePrefetchQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
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
import { count } from '../shared/format.js';
import { FilterText } from '../shared/records/filter-text.js';
import { actsColumn, When } from '../shared/records/columns.js';
import type { GridColumn } from '../shared/records/record-grid.js';
import { RecordList } from '../shared/records/record-list.js';
import { useDialog } from '../shared/records/use-dialog.js';
import { useRecords } from '../shared/records/use-records.js';
import { Button } from '../shared/ui/button.js';
import { EffectPill } from '../shared/ui/effect-pill.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty } from '../shared/ui/states.js';

const route = getRouteApi('/$scope/settings/subjects');

export default function SubjectsPage() {
  const { scope } = route.useParams();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useRecords(subjectsQuery(scope, q));
  usePrefetchQuery(subjectChoicesQuery(scope)); // so that a dialog opens with its roles
  const mayBind = useMay(scope, 'update', 'Subject');
  const mayUnbind = useMay(scope, 'delete', 'Subject');
  const { what, row, show, close } = useDialog<
    'bind' | 'import' | 'change' | 'attributes' | 'unbind',
    Subject
  >(list.rows, idOf);
  const acts = actsColumn<Subject>(
    ({ id }) => id,
    [
      mayBind && { label: 'Attributes', of: 'Attributes', onClick: (one) => show('attributes', one) },
      mayUnbind && { label: 'Unbind', of: 'Unbind', onClick: (one) => show('unbind', one) },
    ],
  );
  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Subjects"
        note={list.loaded && `${count(list.total)} ${q ? 'match' : 'bound'}`}
        actions={
          <>
            <FilterText
              slash
              label="Search by id"
              className="w-60"
              value={q}
              onChange={(next) => void navigate({ search: (was) => ({ ...was, q: next }), replace: true })}
            />
            {mayBind && <Button onClick={() => show('import')}>Import attributes…</Button>}
            {mayBind && (
              <Button kind="primary" icon={<UserPlus size={15} aria-hidden />} onClick={() => show('bind')}>
                Bind subject…
              </Button>
            )}
          </>
        }
      />
      <RecordList
        label="Subjects"
        of={list}
        idOf={idOf}
        columns={[...COLUMNS, ...acts.map((one) => ({ ...one, width: '200px' }))]}
        onPeek={(subject) => mayBind && show('change', subject)}
        empty={
          <Empty title={q ? `No subject has “${q}” in its id` : 'No subject is bound yet'}>
            {q
              ? 'Only the id is searched.'
              : 'Until one is, every evaluation is refused: the subject is unknown.'}
          </Empty>
        }
      />
      {what === 'bind' && <BindDialog tenant={scope} onClose={close} />}
      {what === 'import' && <ImportAttributesDialog tenant={scope} onClose={close} />}
      {what === 'attributes' && row && <AttributesDialog tenant={scope} of={row} onClose={close} />}
      {what === 'change' && row && <SubjectDialog tenant={scope} of={row} onClose={close} />}
      {what === 'unbind' && row && <UnbindDialog tenant={scope} of={row} onClose={close} />}
    </div>
  );
}

const idOf = ({ type, id }: Subject): string => compositeKey(type, id);

const COLUMNS: readonly GridColumn<Subject>[] = [
  { name: 'Type', width: '90px', render: ({ type }) => <span className="text-muted">{type}</span> },
  { name: 'Id', width: 'minmax(180px, 1.2fr)', render: ({ id }) => <code title={id}>{id}</code> },
  {
    name: 'Roles',
    width: 'minmax(140px, 1fr)',
    render: ({ roles }) => roles.join(', ') || <span className="text-faint">none</span>,
  },
  {
    name: 'Tools beyond the roles',
    width: 'minmax(180px, 1.3fr)',
    render: (row) => (
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
    render: ({ attributes }) =>
      Object.keys(attributes ?? {}).length || <span className="text-faint">none</span>,
  },
  { name: 'Changed', width: '100px', render: ({ updatedAt }) => <When at={updatedAt} /> },
];
