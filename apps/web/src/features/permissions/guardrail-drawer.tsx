/** One guardrail: its checks are conditions, asked while they are typed what is wrong with them. */
import type { PolicyGuardrail } from '@reeve/policy';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { counted } from '../../shared/policy-draft/change-words.js';
import { nameProblem } from '../../shared/policy-draft/name-problem.js';
import { Button, IconButton } from '../../shared/ui/button.js';
import { Drawer } from '../../shared/ui/dialog.js';
import { CheckField, TextArea, TextField } from '../../shared/ui/field.js';
import { problemLine, VariableHints } from './condition.js';
import type { EditingProps } from './roles-tab.js';

const CHECK = { name: '', must: '', message: '' };
const NEW: PolicyGuardrail = { kind: 'pre_tool', title: '', tools: [], enabled: true, checks: [CHECK] };

export function GuardrailDrawer({
  name: was,
  document,
  editor,
  onClose,
}: Omit<EditingProps, 'readOnly'> & { readonly name: string; readonly onClose: () => void }) {
  const [name, setName] = useState(was);
  const [guardrail, setGuardrail] = useState(document.guardrails[was] ?? NEW);
  const isNew = was === '';
  const set = (change: Partial<PolicyGuardrail>) => setGuardrail({ ...guardrail, ...change });
  const whenProblem = problemLine(guardrail.when ?? '');
  const ready =
    (!isNew || nameProblem(name, document.guardrails) === null) &&
    guardrail.title.trim() !== '' &&
    guardrail.tools.length + (guardrail.resourceTypes?.length ?? 0) > 0 &&
    whenProblem === null &&
    guardrail.checks.length > 0 &&
    guardrail.checks.every(
      ({ name: check, must, message }) =>
        nameProblem(check, {}) === null &&
        must.trim() !== '' &&
        problemLine(must) === null &&
        message.trim() !== '',
    );
  const save = () => {
    const { when, ...rest } = guardrail;
    const value = when === undefined || when.trim() === '' ? rest : { ...rest, when: when.trim() };
    editor.edit([{ kind: 'guardrail', name, value }]);
    onClose();
  };
  return (
    <Drawer
      open
      onClose={onClose}
      title={isNew ? 'Add a guardrail' : was}
      description={isNew ? undefined : onWords(guardrail)}
      footer={
        <>
          {!isNew && (
            <Button
              kind="danger"
              className="mr-auto"
              onClick={() => {
                editor.edit([{ kind: 'guardrail', name: was, value: null }]);
                onClose();
              }}
            >
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!ready} onClick={save}>
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
            error={name === '' ? null : nameProblem(name, document.guardrails)}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label="Title"
          value={guardrail.title}
          onChange={(event) => set({ title: event.target.value })}
        />
        <CheckField
          label="Enabled"
          checked={guardrail.enabled}
          onChange={(event) => set({ enabled: event.target.checked })}
        />
        <fieldset>
          <legend className="mb-1 text-12 font-medium text-muted">Tools</legend>
          <div className="grid max-h-40 grid-cols-2 gap-1 overflow-y-auto">
            {Object.keys(document.tools).map((tool) => (
              <CheckField
                key={tool}
                label={tool}
                checked={guardrail.tools.includes(tool)}
                onChange={(event) =>
                  set({
                    tools: event.target.checked
                      ? [...guardrail.tools, tool]
                      : guardrail.tools.filter((one) => one !== tool),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
        {Object.keys(document.resourceTypes).length > 0 && (
          <fieldset>
            <legend className="mb-1 text-12 font-medium text-muted">Types of resources</legend>
            <div className="grid max-h-40 grid-cols-2 gap-1 overflow-y-auto">
              {Object.keys(document.resourceTypes).map((type) => (
                <CheckField
                  key={type}
                  label={type}
                  checked={guardrail.resourceTypes?.includes(type) === true}
                  onChange={(event) => {
                    const others = (guardrail.resourceTypes ?? []).filter((one) => one !== type);
                    set({ resourceTypes: event.target.checked ? [...others, type] : others });
                  }}
                />
              ))}
            </div>
          </fieldset>
        )}
        <TextArea
          label="Only when (CEL)"
          rows={2}
          placeholder="always"
          spellCheck={false}
          value={guardrail.when ?? ''}
          error={whenProblem}
          onChange={(event) => set({ when: event.target.value })}
        />
        {guardrail.checks.map((check, i) => (
          <CheckEditor
            // Checks have an order, not an identity.
            key={i}
            check={check}
            onChange={(next) => set({ checks: guardrail.checks.with(i, next) })}
            onRemove={() => set({ checks: guardrail.checks.toSpliced(i, 1) })}
          />
        ))}
        <Button
          className="self-start"
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          onClick={() => set({ checks: [...guardrail.checks, CHECK] })}
        >
          Add check
        </Button>
        <VariableHints />
      </div>
    </Drawer>
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
