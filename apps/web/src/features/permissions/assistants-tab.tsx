/** Allow-lists: which tools and types of resources each assistant may touch at all, whatever its user's roles say. */
import { removal } from '@reeve/policy';
import { Check, Minus } from 'lucide-react';
import { nameProblem } from '../../shared/policy-draft/name-problem.js';
import { useState, type ReactNode } from 'react';
import { Button } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { Sideways } from '../../shared/ui/sideways.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty } from '../../shared/ui/states.js';
import type { EditingProps } from './roles-tab.js';

interface Row {
  readonly name: string;
  readonly list: 'tools' | 'resourceTypes';
  readonly mark: ReactNode;
}

export function AssistantsTab({ document, editor, readOnly }: EditingProps) {
  const [name, setName] = useState('');
  const assistants = Object.entries(document.assistants);
  const rows: Row[] = [
    ...Object.entries(document.tools).map(([name, tool]) => ({
      name,
      list: 'tools' as const,
      mark: <ClassChip of={tool.class} />,
    })),
    ...Object.keys(document.resourceTypes).map((name) => ({
      name,
      list: 'resourceTypes' as const,
      mark: <span className="text-12 text-faint">type</span>,
    })),
  ];
  const toggle = (assistant: string, { name: one, list }: Row) => {
    const value = document.assistants[assistant];
    if (value === undefined || readOnly !== null) return;
    const before = value[list] ?? [];
    const without = before.filter((other) => other !== one);
    const next = without.length < before.length ? without : [...before, one];
    editor.edit([{ kind: 'assistant', name: assistant, value: { ...value, [list]: next } }]);
  };
  const problem = nameProblem(name, document.assistants);
  const add = () => {
    editor.edit([
      { kind: 'assistant', name, value: { title: '', description: '', enabled: true, tools: [] } },
    ]);
    setName('');
  };
  return (
    <Panel
      title="Assistants"
      note="a tool that is not listed is denied for the assistant, whatever the grid says"
      flush
      actions={
        readOnly === null && (
          <form
            className="flex items-center gap-1.5"
            onSubmit={(event) => {
              event.preventDefault();
              if (problem === null) add();
            }}
          >
            <input
              aria-label="New assistant"
              placeholder="New assistant"
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="h-7 w-40 rounded-control border border-line-strong bg-surface px-2 text-13 placeholder:text-faint"
            />
            <Button size="sm" type="submit" disabled={problem !== null}>
              Add
            </Button>
          </form>
        )
      }
    >
      {assistants.length === 0 ? (
        <Empty title="No assistants yet">
          An agent names its assistant; what is not listed for it is denied. Name one above.
        </Empty>
      ) : (
        <Sideways label="Assistants, every column">
          <table className="border-separate border-spacing-0 text-13">
            <thead>
              <tr className="text-12">
                <th
                  scope="col"
                  className="border-b border-line bg-sunken px-2 text-left min-[700px]:w-[304px]"
                >
                  Tool or type
                </th>
                {assistants.map(([assistant, { enabled, tools, resourceTypes = [] }]) => (
                  <th
                    key={assistant}
                    scope="col"
                    className="min-w-40 border-b border-line bg-sunken px-2 py-1.5 text-center"
                  >
                    <span className="block">{assistant}</span>
                    <span className="font-normal text-faint">
                      {tools.length + resourceTypes.length} of {rows.length}
                      {enabled ? '' : ' · off'}
                    </span>
                    {readOnly === null && (
                      <span className="flex justify-center font-normal">
                        <Button
                          size="sm"
                          kind="ghost"
                          onClick={() =>
                            editor.edit([
                              {
                                kind: 'assistant',
                                name: assistant,
                                value: { ...document.assistants[assistant]!, enabled: !enabled },
                              },
                            ])
                          }
                        >
                          {enabled ? 'Turn off' : 'Turn on'}
                        </Button>
                        <Button
                          size="sm"
                          kind="ghost"
                          aria-label={`Remove ${assistant}`}
                          onClick={() => editor.edit(removal(document, 'assistant', assistant))}
                        >
                          Remove
                        </Button>
                      </span>
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.list} ${row.name}`} className="h-8">
                  <th scope="row" className="border-r border-b border-line px-2 text-left font-normal">
                    <span className="flex items-center gap-x-2 max-[699px]:flex-col max-[699px]:items-start max-[699px]:py-1">
                      <span className="mono flex-1">{row.name}</span>
                      {row.mark}
                    </span>
                  </th>
                  {assistants.map(([assistant, value]) => {
                    const on = value[row.list]?.includes(row.name) === true;
                    const Icon = on ? Check : Minus;
                    return (
                      <td key={assistant} className="border-b border-line px-1">
                        <button
                          type="button"
                          aria-pressed={on}
                          aria-label={`${row.name} for ${assistant}`}
                          disabled={readOnly !== null}
                          onClick={() => toggle(assistant, row)}
                          className={
                            on
                              ? 'flex h-6 w-full items-center justify-center gap-1 rounded-chip bg-allow-fill text-12 font-medium text-allow'
                              : 'flex h-6 w-full items-center justify-center gap-1 rounded-chip text-12 text-faint'
                          }
                        >
                          <Icon size={12} aria-hidden />
                          {on ? 'Listed' : 'No'}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Sideways>
      )}
    </Panel>
  );
}
