/** Allow-lists: which tools and types of resources each assistant may touch at all, whatever its user's roles say. */
import { change, type PolicyAssistant } from '@reeve/policy';
import { Check, Minus } from 'lucide-react';
import type { EditorProps, NamedRow } from '../../shared/policy-draft/editing.js';
import { Described } from '../../shared/policy-draft/fields.js';
import { NamedEditor } from '../../shared/policy-draft/named-editor.js';
import { NameButton, NamedList, type ListProps } from '../../shared/policy-draft/named-list.js';
import { Button } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { CheckField } from '../../shared/ui/field.js';
import { Sideways } from '../../shared/ui/sideways.js';

export function Assistants(props: ListProps) {
  return (
    <NamedList
      {...props}
      kind="assistant"
      one="assistant"
      title="Assistants"
      note="a tool that is not listed is denied for the assistant, whatever the grid says"
      why="An agent names its assistant; what is not listed for it is denied."
      columns={[]}
      renderEditor={(editor) => <AssistantEditor {...editor} />}
    >
      {(rows) => <AllowLists {...props} assistants={rows} />}
    </NamedList>
  );
}

const BLANK: PolicyAssistant = { title: '', description: '', enabled: true, tools: [] };

function AssistantEditor(props: EditorProps<'assistant'>) {
  return (
    <NamedEditor {...props} blank={BLANK} formOf={(assistant) => assistant} read={(value) => ({ value })}>
      {({ form, set }) => (
        <>
          <Described form={form} set={set} />
          <CheckField
            label="Enabled"
            hint="One that is off is denied everything."
            checked={form.enabled}
            onChange={(event) => set({ enabled: event.target.checked })}
          />
        </>
      )}
    </NamedEditor>
  );
}

/** Something that can be on a list. */
interface Listable {
  readonly name: string;
  readonly list: 'tools' | 'resourceTypes';
  readonly of: string | null;
}

function AllowLists({
  assistants,
  ...opening
}: ListProps & { readonly assistants: readonly NamedRow<'assistant'>[] }) {
  const { document, editor, readOnly } = opening.editing;
  const lines: Listable[] = [
    ...Object.entries(document.tools).map(
      ([name, tool]) => ({ name, list: 'tools', of: tool.class }) as const,
    ),
    ...Object.keys(document.resourceTypes).map(
      (name) => ({ name, list: 'resourceTypes', of: null }) as const,
    ),
  ];
  const put = ({ name, value }: NamedRow<'assistant'>, part: Partial<PolicyAssistant>) =>
    editor.edit(change(document, 'assistant', name, { ...value, ...part }));
  return (
    <Sideways label="Assistants, every column">
      <table className="border-separate border-spacing-0 text-13">
        <thead>
          <tr className="text-12">
            <th scope="col" className={`${HEAD} text-left min-[700px]:w-[304px]`}>
              Tool or type
            </th>
            {assistants.map((row) => (
              <th key={row.name} scope="col" className={`${HEAD} min-w-40 py-1.5 text-center`}>
                <NameButton {...opening} row={row} />
                <span className="block font-normal text-faint">
                  {row.value.tools.length + (row.value.resourceTypes ?? []).length} of {lines.length}
                  {row.value.enabled ? '' : ' · off'}
                </span>
                {readOnly === null && (
                  <Button
                    size="sm"
                    kind="ghost"
                    aria-label={`Turn ${row.name} ${row.value.enabled ? 'off' : 'on'}`}
                    onClick={() => put(row, { enabled: !row.value.enabled })}
                  >
                    Turn {row.value.enabled ? 'off' : 'on'}
                  </Button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, list, of }) => (
            <tr key={`${list} ${name}`} className="h-8">
              <th scope="row" className="border-r border-b border-line px-2 text-left font-normal">
                <span className="flex items-center gap-x-2 max-[699px]:flex-col max-[699px]:items-start max-[699px]:py-1">
                  <span className="mono flex-1">{name}</span>
                  {of === null ? <span className="text-12 text-faint">type</span> : <ClassChip of={of} />}
                </span>
              </th>
              {assistants.map((row) => (
                <td key={row.name} className="border-b border-line px-1">
                  <Listed
                    label={`${name} for ${row.name}`}
                    on={row.value[list]?.includes(name) === true}
                    disabled={readOnly !== null}
                    onToggle={() => put(row, { [list]: toggled(row.value[list], name) })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

const HEAD = 'border-b border-line bg-sunken px-2';

const toggled = (names: readonly string[] = [], name: string): string[] =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name];

function Listed({
  label,
  on,
  disabled,
  onToggle,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly disabled: boolean;
  readonly onToggle: () => void;
}) {
  const Icon = on ? Check : Minus;
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={label}
      disabled={disabled}
      onClick={onToggle}
      className={
        on
          ? 'flex h-6 w-full items-center justify-center gap-1 rounded-chip bg-allow-fill text-12 font-medium text-allow'
          : 'flex h-6 w-full items-center justify-center gap-1 rounded-chip text-12 text-faint'
      }
    >
      <Icon size={12} aria-hidden />
      {on ? 'Listed' : 'No'}
    </button>
  );
}
