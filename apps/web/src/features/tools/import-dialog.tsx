/** Tools out of a document that somebody pastes or chooses: read, told their class and why, put into the draft. */
import { compileSchema, importTools, type Import, type PolicyDocument, type PolicyEdit } from '@reeve/policy';
import { useRef, useState } from 'react';
import { counted } from '../../shared/policy-draft/change-words.js';
import { Button } from '../../shared/ui/button.js';
import { SelectField, TextArea, TextField } from '../../shared/ui/field.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
import { documentOf } from './import-document.js';
import {
  chosenOf,
  firstChoices,
  importEdits,
  missing,
  rowsOf,
  tooLarge,
  type Choice,
  type Choices,
} from './import-model.js';
import { ClassOptions, ImportRows, RefusedTools } from './import-rows.js';

type Taken = Extract<Import, { ok: true }>;

const SOURCES: Readonly<Record<Taken['source'], string>> = {
  mcp: 'an MCP server',
  openai: 'an OpenAI tool array',
  anthropic: 'an Anthropic tool array',
  openapi: 'an OpenAPI document',
};

interface Props {
  readonly document: PolicyDocument;
  readonly onImport: (edits: readonly PolicyEdit[]) => void;
  readonly onClose: () => void;
}

export default function ImportDialog(props: Props) {
  const [taken, setTaken] = useState<Taken | null>(null);
  return taken === null ? (
    <Reading onRead={setTaken} onClose={props.onClose} />
  ) : (
    <Choosing taken={taken} {...props} />
  );
}

function Reading({
  onRead,
  onClose,
}: {
  readonly onRead: (taken: Taken) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const read = (source: string) => {
    setProblem(null);
    try {
      const result = importTools(documentOf(source), compileSchema);
      if (result.ok) onRead(result);
      else setProblem(`${result.problem.path || 'The document'}: ${result.problem.message}`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'not a document');
    }
  };
  const take = async (chosen: File) => {
    const content = await chosen.text();
    setText(content);
    read(content);
  };
  return (
    <FormDialog
      title="Import tools"
      description="An MCP server’s answer to tools/list, a tool array of OpenAI or Anthropic, an OpenAPI document (3.0, 3.1); JSON or YAML."
      width="w-[680px]"
      act="Read"
      ready={text.trim() !== ''}
      onSubmit={() => read(text)}
      onClose={onClose}
    >
      <TextArea
        label="Document"
        rows={12}
        spellCheck={false}
        code
        value={text}
        error={problem}
        onChange={(event) => setText(event.target.value)}
      />
      <input
        ref={file}
        type="file"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        aria-label="File to import"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (chosen !== undefined) void take(chosen);
        }}
      />
      <Button className="self-start" onClick={() => file.current?.click()}>
        Choose a file…
      </Button>
    </FormDialog>
  );
}

function Choosing({ taken, document, onImport, onClose }: Props & { readonly taken: Taken }) {
  const rows = rowsOf(taken.tools, document);
  const [choices, setChoices] = useState<Choices>(() => firstChoices(rows));
  const [server, setServer] = useState('');
  const chosen = chosenOf(rows, choices);
  const lacking = chosen.filter((row) => missing(row, choices[row.tool.name]!) !== null).length;
  const complete = chosen.length > 0 && lacking === 0;
  const edits = complete ? importEdits(rows, choices, document, server.trim()) : [];
  const large = complete && tooLarge(edits);
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const change = (name: string, to: Partial<Choice>) =>
    setChoices((was) => ({ ...was, [name]: { ...was[name]!, ...to } }));
  return (
    <FormDialog
      title="Import tools"
      description={`${counted(taken.tools.length, 'tool')} from ${SOURCES[taken.source]}: ${count('new')} new, ${count('changed')} changed, ${count('same')} as they are.`}
      width="w-[860px]"
      act={`Put ${counted(chosen.length, 'tool')} into the draft`}
      ready={complete && !large}
      onSubmit={() => onImport(edits)}
      onClose={onClose}
    >
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-[200px_1fr]">
        <TextField
          label="Server"
          hint="Where the new ones live."
          value={server}
          onChange={(event) => setServer(event.target.value)}
        />
        <ForAll
          onApply={(to) =>
            setChoices((was) =>
              Object.fromEntries(
                Object.entries(was).map(([name, choice]) => [
                  name,
                  choice.chosen ? { ...choice, ...to } : choice,
                ]),
              ),
            )
          }
        />
      </div>
      <RefusedTools refused={taken.refused} />
      <ImportRows rows={rows} choices={choices} document={document} onChange={change} />
      <output className="text-12 text-muted">
        {large
          ? 'More than one draft can hold: take fewer, publish, and import the others.'
          : lacking > 0
            ? `${counted(lacking, 'tool')} still without a class or a reason. Nobody may use any of them until a role is given it.`
            : 'Nobody may use any of them until a role is given it.'}
      </output>
    </FormDialog>
  );
}

/** The same answer for all that are ticked, said once and by a person. */
function ForAll({ onApply }: { readonly onApply: (to: Pick<Choice, 'class' | 'justification'>) => void }) {
  const [all, setAll] = useState<Pick<Choice, 'class' | 'justification'>>({ class: '', justification: '' });
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SelectField
        label="Class of all that are ticked"
        className="w-[180px]"
        value={all.class}
        onChange={(event) => setAll({ ...all, class: event.target.value as Choice['class'] })}
      >
        <ClassOptions />
      </SelectField>
      <TextField
        label="Why"
        className="min-w-[140px] flex-1"
        value={all.justification}
        onChange={(event) => setAll({ ...all, justification: event.target.value })}
      />
      <Button disabled={all.class === '' || all.justification.trim() === ''} onClick={() => onApply(all)}>
        Apply
      </Button>
    </div>
  );
}
