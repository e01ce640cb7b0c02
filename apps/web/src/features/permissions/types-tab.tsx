/** Types of resources beside tools, as the draft has them: what may be done to one, and what is known of one. */
import {
  changeResourceType,
  removal,
  ResourceType,
  TOOL_CLASSES,
  type PolicyResourceType,
  type ToolClass,
} from '@reeve/policy';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { nameProblem } from '../../shared/policy-draft/name-problem.js';
import { Cells, Table } from '../../shared/policy-draft/table.js';
import { Button, IconButton } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { Drawer } from '../../shared/ui/dialog.js';
import { CheckField, SelectField, TextArea, TextField } from '../../shared/ui/field.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty } from '../../shared/ui/states.js';
import type { EditingProps } from './roles-tab.js';

export function TypesTab({ document, editor, readOnly }: EditingProps) {
  const [open, setOpen] = useState<string | null>(null);
  const types = Object.entries(document.resourceTypes);
  return (
    <Panel
      title="Types of resources"
      note="what agents act on beside tools; each action is a row of the grid"
      flush
      actions={
        <Button
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          disabled={readOnly !== null}
          onClick={() => setOpen('')}
        >
          Add type
        </Button>
      }
    >
      {types.length === 0 && (
        <Empty title="No types yet">
          Tools are built in. A type is anything else that is asked about: a record, an account.{' '}
          <GuideLink to="other-resources" />
        </Empty>
      )}
      {types.length > 0 && (
        <Table label="Types of resources" head={['Type', 'Title', 'Actions', 'Resources', '']}>
          {types.map(([name, type]) => (
            <Cells
              key={name}
              of={[
                <span key="n" className="mono font-medium">
                  {name}
                </span>,
                <span key="t" className="text-muted" title={type.description}>
                  {type.title || type.description || '–'}
                </span>,
                <span key="a" className="flex flex-wrap gap-x-3 gap-y-1">
                  {Object.entries(type.actions).map(([action, { class: of }]) => (
                    <span key={action} className="flex items-center gap-1">
                      <span className="mono">{action}</span> <ClassChip of={of} />
                    </span>
                  ))}
                </span>,
                type.register === 'required' ? 'registered ones only' : 'any',
                <Button
                  key="e"
                  size="sm"
                  kind="ghost"
                  disabled={readOnly !== null}
                  aria-label={`Edit ${name}`}
                  onClick={() => setOpen(name)}
                >
                  Edit
                </Button>,
              ]}
            />
          ))}
        </Table>
      )}
      {open !== null && (
        <TypeDrawer
          key={open}
          name={open}
          document={document}
          editor={editor}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  );
}

/** A type while it is edited: actions in their order, the schema as text. */
interface TypeForm extends Omit<PolicyResourceType, 'actions' | 'schema'> {
  readonly actions: readonly { readonly name: string; readonly class: ToolClass; readonly title: string }[];
  readonly schema: string;
}

const NEW: TypeForm = {
  title: '',
  description: '',
  actions: [{ name: 'read', class: 'read', title: '' }],
  schema: JSON.stringify({ type: 'object', properties: {} }, null, 2),
  register: 'required',
};

const formOf = ({ actions, schema, ...rest }: PolicyResourceType): TypeForm => ({
  ...rest,
  actions: Object.entries(actions).map(([name, action]) => ({ name, ...action })),
  schema: JSON.stringify(schema, null, 2),
});

/** The type, or what is wrong with it. Whether the schema is a schema is the API's to say, at the publish. */
function typeFrom({ actions, schema, ...rest }: TypeForm): PolicyResourceType | string {
  let properties: unknown;
  try {
    properties = JSON.parse(schema);
  } catch (error) {
    return error instanceof Error ? error.message : 'not JSON';
  }
  const names = actions.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `two actions are called ${twice}`;
  const parsed = ResourceType.safeParse({
    ...rest,
    schema: properties,
    actions: Object.fromEntries(actions.map(({ name, ...action }) => [name, action])),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue!.path.join('.')}: ${issue!.message}`;
}

function TypeDrawer({
  name: was,
  document,
  editor,
  onClose,
}: Omit<EditingProps, 'readOnly'> & { readonly name: string; readonly onClose: () => void }) {
  const isNew = was === '';
  const known = document.resourceTypes[was];
  const [name, setName] = useState(was);
  const [form, setForm] = useState<TypeForm>(known === undefined ? NEW : formOf(known));
  const set = (change: Partial<TypeForm>) => setForm({ ...form, ...change });
  const wrongName =
    name === 'tool' ? 'Tools are built in.' : isNew ? nameProblem(name, document.resourceTypes) : null;
  const type = typeFrom(form);
  const save = () => {
    if (typeof type === 'string') return;
    editor.edit(changeResourceType(document, name, type));
    onClose();
  };
  const remove = () => {
    editor.edit(removal(document, 'resourceType', was));
    onClose();
  };
  return (
    <Drawer
      open
      onClose={onClose}
      title={isNew ? 'Add a type of resources' : was}
      footer={
        <>
          {!isNew && (
            <Button kind="danger" className="mr-auto" onClick={remove}>
              Remove with its cells
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={typeof type === 'string' || wrongName !== null} onClick={save}>
            Put into the draft
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-3">
        {isNew && (
          <TextField
            label="Name"
            value={name}
            error={name === '' ? null : wrongName}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label="Title"
          value={form.title}
          onChange={(event) => set({ title: event.target.value })}
        />
        <TextField
          label="Description"
          value={form.description}
          onChange={(event) => set({ description: event.target.value })}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-12 font-medium text-muted">Actions</legend>
          {form.actions.map((action, i) => (
            // Actions have an order while they are edited, and a name that is not settled.
            <div key={i} className="flex items-end gap-2">
              <TextField
                className="flex-1"
                label={`Action ${i + 1}`}
                value={action.name}
                onChange={(event) =>
                  set({ actions: form.actions.with(i, { ...action, name: event.target.value }) })
                }
              />
              <SelectField
                label="Class"
                value={action.class}
                onChange={(event) =>
                  set({
                    actions: form.actions.with(i, { ...action, class: event.target.value as ToolClass }),
                  })
                }
              >
                {TOOL_CLASSES.map((of) => (
                  <option key={of} value={of}>
                    {of.replace('_', '-')}
                  </option>
                ))}
              </SelectField>
              <IconButton
                label={`Remove the action ${action.name}`}
                onClick={() => set({ actions: form.actions.toSpliced(i, 1) })}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </div>
          ))}
          <Button
            className="self-start"
            size="sm"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => set({ actions: [...form.actions, { name: '', class: 'dangerous', title: '' }] })}
          >
            Add action
          </Button>
        </fieldset>
        <CheckField
          label="Registered ones only"
          hint="A resource that is not registered is denied to everybody."
          checked={form.register === 'required'}
          onChange={(event) => set({ register: event.target.checked ? 'required' : 'optional' })}
        />
        <TextArea
          label="Properties (JSON Schema 2020-12)"
          rows={8}
          spellCheck={false}
          style={{ fontFamily: 'var(--font-mono)', fontSize: 12, lineHeight: '18px' }}
          value={form.schema}
          error={typeof type === 'string' ? type : null}
          onChange={(event) => set({ schema: event.target.value })}
        />
      </div>
    </Drawer>
  );
}
