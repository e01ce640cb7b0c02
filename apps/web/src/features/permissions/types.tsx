/** Types of resources beside tools: what may be done to one, and what is known of one. */
import { ResourceType, TOOL_CLASSES, type PolicyResourceType, type ToolClass } from '@reeve/policy';
import { Plus, X } from 'lucide-react';
import type { EditorProps } from '../../shared/policy-draft/editing.js';
import { Described } from '../../shared/policy-draft/fields.js';
import { NamedEditor, type FieldsProps, type FormRead } from '../../shared/policy-draft/named-editor.js';
import { NamedList, type ListProps } from '../../shared/policy-draft/named-list.js';
import { Button, IconButton } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { CheckField, SelectField, TextField } from '../../shared/ui/field.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { JsonField, jsonText, objectIn } from '../../shared/ui/json-field.js';

export function Types(props: ListProps) {
  return (
    <NamedList
      {...props}
      kind="resourceType"
      one="type"
      title="Types"
      note="what agents act on beside tools; each action is a row of the grid"
      why={
        <>
          Tools are built in. A type is anything else that is asked about: a record, an account.{' '}
          <GuideLink to="other-resources" />
        </>
      }
      columns={[
        { name: 'Title', wrap: true, render: ({ value }) => value.title || value.description || '–' },
        {
          name: 'Actions',
          wrap: true,
          render: ({ value }) => (
            <span className="flex flex-wrap gap-x-3 gap-y-1">
              {Object.entries(value.actions).map(([action, { class: of }]) => (
                <span key={action} className="flex items-center gap-1">
                  <span className="mono">{action}</span> <ClassChip of={of} />
                </span>
              ))}
            </span>
          ),
        },
        {
          name: 'Resources',
          render: ({ value }) => (value.register === 'required' ? 'registered ones only' : 'any'),
        },
      ]}
      renderEditor={(editor) => <TypeEditor {...editor} />}
    />
  );
}

/** A type while it is edited: actions in their order, the schema as text. */
interface TypeForm extends Omit<PolicyResourceType, 'actions' | 'schema'> {
  readonly actions: readonly { readonly name: string; readonly class: ToolClass; readonly title: string }[];
  readonly schema: string;
}

const BLANK: TypeForm = {
  title: '',
  description: '',
  actions: [{ name: 'read', class: 'read', title: '' }],
  schema: jsonText({ type: 'object', properties: {} }),
  register: 'required',
};

const formOf = ({ actions, schema, ...rest }: PolicyResourceType): TypeForm => ({
  ...rest,
  actions: Object.entries(actions).map(([name, action]) => ({ name, ...action })),
  schema: jsonText(schema),
});

/** Whether the schema is a schema is the API's to say, at the publish. */
function read({ actions, schema, ...rest }: TypeForm): FormRead<PolicyResourceType, TypeForm> {
  const properties = objectIn(schema);
  if (typeof properties === 'string') return { problems: { schema: properties } };
  const names = actions.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return { problems: { actions: `Two actions are called ${twice}.` } };
  const parsed = ResourceType.safeParse({
    ...rest,
    schema: properties,
    actions: Object.fromEntries(actions.map(({ name, ...action }) => [name, action])),
  });
  if (parsed.success) return { value: parsed.data };
  return {
    problems: Object.fromEntries(parsed.error.issues.map(({ path: [member], message }) => [member, message])),
  };
}

function TypeEditor(props: EditorProps<'resourceType'>) {
  return (
    <NamedEditor
      {...props}
      blank={BLANK}
      formOf={formOf}
      read={read}
      reserved={{ tool: 'Tools are built in.' }}
    >
      {(fields) => (
        <>
          <Described {...fields} />
          <Actions {...fields} />
          <CheckField
            label="Registered ones only"
            hint="A resource that is not registered is denied to everybody."
            checked={fields.form.register === 'required'}
            onChange={(event) => fields.set({ register: event.target.checked ? 'required' : 'optional' })}
          />
          <JsonField
            label="Properties (JSON Schema 2020-12)"
            value={fields.form.schema}
            error={fields.problems.schema}
            onText={(schema) => fields.set({ schema })}
          />
        </>
      )}
    </NamedEditor>
  );
}

function Actions({ form: { actions }, set, problems }: FieldsProps<TypeForm>) {
  const change = (i: number, part: Partial<(typeof actions)[number]>) =>
    set({ actions: actions.with(i, { ...actions[i]!, ...part }) });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-12 font-medium text-muted">Actions</legend>
      {actions.map((action, i) => (
        // Actions have an order while they are edited, and a name that is not settled.
        <div key={i} className="flex items-end gap-2">
          <TextField
            className="flex-1"
            label={`Action ${i + 1}`}
            value={action.name}
            onChange={(event) => change(i, { name: event.target.value })}
          />
          <SelectField
            label="Class"
            value={action.class}
            onChange={(event) => change(i, { class: event.target.value as ToolClass })}
          >
            {TOOL_CLASSES.map((of) => (
              <option key={of} value={of}>
                {of.replace('_', '-')}
              </option>
            ))}
          </SelectField>
          <IconButton
            label={`Remove the action ${action.name}`}
            onClick={() => set({ actions: actions.toSpliced(i, 1) })}
          >
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      {problems.actions && (
        <p role="alert" className="text-12 text-deny">
          {problems.actions}
        </p>
      )}
      <Button
        className="self-start"
        size="sm"
        icon={<Plus size={13} aria-hidden />}
        onClick={() => set({ actions: [...actions, { name: '', class: 'dangerous', title: '' }] })}
      >
        Add action
      </Button>
    </fieldset>
  );
}
