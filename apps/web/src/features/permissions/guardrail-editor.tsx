/** One guardrail: its checks are conditions, asked while they are typed what is wrong with them. */
import type { PolicyGuardrail } from '@reeve/policy';
import { Plus, X } from 'lucide-react';
import { counted } from '../../shared/policy-draft/change-words.js';
import type { EditorProps } from '../../shared/policy-draft/editing.js';
import { NamesField } from '../../shared/policy-draft/fields.js';
import { NamedEditor, type FormRead } from '../../shared/policy-draft/named-editor.js';
import { nameProblem } from '../../shared/policy-draft/name-problem.js';
import { Button, IconButton } from '../../shared/ui/button.js';
import { CheckField, TextArea, TextField } from '../../shared/ui/field.js';
import { problemLine, VariableHints } from './condition.js';

const CHECK = { name: '', must: '', message: '' };
const BLANK: PolicyGuardrail = { kind: 'pre_tool', title: '', tools: [], enabled: true, checks: [CHECK] };

/** What is missing is seen where it is missing; what is wrong is said. */
function read({ when, ...rest }: PolicyGuardrail): FormRead<PolicyGuardrail, PolicyGuardrail> {
  const problem = problemLine(when ?? '');
  const isWhole =
    rest.title.trim() !== '' &&
    rest.tools.length + (rest.resourceTypes?.length ?? 0) > 0 &&
    rest.checks.length > 0 &&
    rest.checks.every(
      ({ name, must, message }) =>
        nameProblem(name, {}) === null &&
        must.trim() !== '' &&
        problemLine(must) === null &&
        message.trim() !== '',
    );
  if (problem !== null) return { problems: { when: problem } };
  if (!isWhole) return { problems: {} };
  return { value: when === undefined || when.trim() === '' ? rest : { ...rest, when: when.trim() } };
}

export function GuardrailEditor(props: EditorProps<'guardrail'>) {
  const { tools, resourceTypes } = props.editing.document;
  return (
    <NamedEditor
      {...props}
      blank={BLANK}
      formOf={(guardrail) => guardrail}
      read={read}
      note={props.row && onWords(props.row.value)}
    >
      {({ form, set, problems }) => (
        <>
          <TextField
            label="Title"
            value={form.title}
            onChange={(event) => set({ title: event.target.value })}
          />
          <CheckField
            label="Enabled"
            checked={form.enabled}
            onChange={(event) => set({ enabled: event.target.checked })}
          />
          <NamesField
            legend="Tools"
            names={Object.keys(tools)}
            chosen={form.tools}
            onChange={(chosen) => set({ tools: chosen })}
          />
          <NamesField
            legend="Types of resources"
            names={Object.keys(resourceTypes)}
            chosen={form.resourceTypes ?? []}
            onChange={(chosen) => set({ resourceTypes: chosen })}
          />
          <TextArea
            label="Only when (CEL)"
            rows={2}
            placeholder="always"
            spellCheck={false}
            value={form.when ?? ''}
            error={problems.when}
            onChange={(event) => set({ when: event.target.value })}
          />
          {form.checks.map((check, i) => (
            <CheckEditor
              // Checks have an order, not an identity.
              key={i}
              check={check}
              onChange={(next) => set({ checks: form.checks.with(i, next) })}
              onRemove={() => set({ checks: form.checks.toSpliced(i, 1) })}
            />
          ))}
          <Button
            className="self-start"
            size="sm"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => set({ checks: [...form.checks, CHECK] })}
          >
            Add check
          </Button>
          <VariableHints />
        </>
      )}
    </NamedEditor>
  );
}

/** `2 tools, 1 type`. */
function onWords({ tools, resourceTypes = [] }: PolicyGuardrail): string {
  const words = [
    tools.length > 0 ? counted(tools.length, 'tool') : '',
    resourceTypes.length > 0 ? counted(resourceTypes.length, 'type') : '',
  ];
  return words.filter(Boolean).join(', ');
}

function CheckEditor({
  check,
  onChange,
  onRemove,
}: {
  readonly check: PolicyGuardrail['checks'][number];
  readonly onChange: (check: PolicyGuardrail['checks'][number]) => void;
  readonly onRemove: () => void;
}) {
  return (
    <fieldset className="flex flex-col gap-2 rounded-card border border-line p-3">
      <legend className="sr-only">Check {check.name}</legend>
      <div className="flex items-end gap-2">
        <TextField
          className="flex-1"
          label="Check"
          value={check.name}
          onChange={(event) => onChange({ ...check, name: event.target.value })}
        />
        <IconButton label="Remove the check" onClick={onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <TextArea
        label="Must hold (CEL)"
        rows={2}
        spellCheck={false}
        value={check.must}
        error={problemLine(check.must)}
        onChange={(event) => onChange({ ...check, must: event.target.value })}
      />
      <TextField
        label="Else the agent is told"
        value={check.message}
        onChange={(event) => onChange({ ...check, message: event.target.value })}
      />
    </fieldset>
  );
}
