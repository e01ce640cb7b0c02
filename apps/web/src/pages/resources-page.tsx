/** What may agents act on beside tools, and what is known of each? */
import { compositeKey } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { RegisterDialog, RemoveDialog, ResourceDialog } from '../features/resources/resource-dialogs.js';
import {
  resourcesQuery,
  resourceTypesQuery,
  type Resource,
} from '../features/resources/resources.queries.js';
import { useMay } from '../shared/api/session.js';
import { count } from '../shared/format.js';
import { actsColumn, When } from '../shared/records/columns.js';
import { FilterText } from '../shared/records/filter-text.js';
import type { GridColumn } from '../shared/records/record-grid.js';
import { RecordList } from '../shared/records/record-list.js';
import { useDialog } from '../shared/records/use-dialog.js';
import { useRecords } from '../shared/records/use-records.js';
import { Button } from '../shared/ui/button.js';
import { SelectField } from '../shared/ui/field.js';
import { GuideLink } from '../shared/ui/guide-link.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty } from '../shared/ui/states.js';

const route = getRouteApi('/$scope/settings/resources');

export default function ResourcesPage() {
  const { scope } = route.useParams();
  const { q, type } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useRecords(resourcesQuery(scope, type, q));
  const { data: types = [] } = useQuery(resourceTypesQuery(scope));
  const mayRegister = useMay(scope, 'update', 'Resource');
  const mayRemove = useMay(scope, 'delete', 'Resource');
  const { what, row, show, close } = useDialog<'register' | 'change' | 'remove', Resource>(list.rows, idOf);
  const filter = (change: { q?: string | undefined; type?: string | undefined }) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  // One that the URL names and the policy has no more is still in force.
  const names = [...new Set([...types.map(({ name }) => name), ...(type === undefined ? [] : [type])])];
  const acts = actsColumn<Resource>(
    ({ type: of, id }) => `${of} ${id}`,
    [mayRemove && { label: 'Remove', of: 'Remove', onClick: (one) => show('remove', one) }],
  );
  const filtered = q !== undefined || type !== undefined;
  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Resources"
        note={list.loaded && `${count(list.total)} ${filtered ? 'match' : 'registered'}`}
        actions={
          <>
            <FilterText
              slash
              label="Search by id"
              className="w-60"
              value={q}
              onChange={(next) => filter({ q: next })}
            />
            <SelectField
              hideLabel
              label="Type"
              value={type ?? ''}
              onChange={(event) => filter({ type: event.target.value || undefined })}
            >
              <option value="">Every type</option>
              {names.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </SelectField>
            {mayRegister && (
              <Button
                kind="primary"
                icon={<Plus size={15} aria-hidden />}
                disabled={types.length === 0}
                title={types.length === 0 ? 'The policy has no type of resources.' : undefined}
                onClick={() => show('register')}
              >
                Register resource…
              </Button>
            )}
          </>
        }
      />
      <RecordList
        label="Resources"
        of={list}
        idOf={idOf}
        columns={[...COLUMNS, ...acts.map((one) => ({ ...one, width: '110px' }))]}
        onPeek={(one) => mayRegister && show('change', one)}
        empty={<Nothing scope={scope} filtered={filtered} hasTypes={types.length > 0} />}
      />
      {what === 'register' && <RegisterDialog tenant={scope} type={type} onClose={close} />}
      {what === 'change' && row && <ResourceDialog tenant={scope} of={row} onClose={close} />}
      {what === 'remove' && row && <RemoveDialog tenant={scope} of={row} onClose={close} />}
    </div>
  );
}

function Nothing({
  scope,
  filtered,
  hasTypes,
}: {
  readonly scope: string;
  readonly filtered: boolean;
  readonly hasTypes: boolean;
}) {
  if (filtered) return <Empty title="Nothing matches these filters">Only the id is searched.</Empty>;
  if (hasTypes)
    return (
      <Empty title="No resource is registered yet">
        Of a type with registered ones only, every other is denied. <GuideLink to="other-resources" />
      </Empty>
    );
  return (
    <Empty
      title="The policy has no type of resources yet"
      action={
        <Link
          to="/$scope/permissions"
          params={{ scope }}
          search={{ tab: 'types' }}
          className="text-accent underline"
        >
          Types of resources
        </Link>
      }
    >
      Tools are built in. A type is anything else that is asked about. <GuideLink to="other-resources" />
    </Empty>
  );
}

const idOf = ({ type, id }: Resource): string => compositeKey(type, id);

const said = ({ properties }: Resource): [string, unknown][] => Object.entries(properties as object);
const shortly = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const COLUMNS: readonly GridColumn<Resource>[] = [
  { name: 'Type', width: '140px', render: ({ type }) => <span className="text-muted">{type}</span> },
  { name: 'Id', width: 'minmax(180px, 1fr)', render: ({ id }) => <code title={id}>{id}</code> },
  {
    name: 'Properties',
    width: 'minmax(240px, 2fr)',
    render: (row) =>
      said(row).length === 0 ? (
        <span className="text-faint">none</span>
      ) : (
        <span
          title={said(row)
            .map(([name, value]) => `${name}: ${shortly(value)}`)
            .join('\n')}
        >
          {said(row).map(([name, value]) => (
            <span key={name} className="mr-3">
              <span className="text-muted">{name}</span> <code>{shortly(value)}</code>
            </span>
          ))}
        </span>
      ),
  },
  { name: 'Changed', width: '100px', render: ({ updatedAt }) => <When at={updatedAt} /> },
];
