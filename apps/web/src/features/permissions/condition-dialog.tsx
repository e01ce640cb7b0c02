/** The sentence in a cell: a CEL expression, checked while it is typed by what will evaluate it. */
import { conditionProblem, conditionWords, type CellName, type PolicyDocument } from '@reeve/policy';
import { useState } from 'react';
import { useLayer } from '../../shared/policy-draft/use-layer.js';
import { Button } from '../../shared/ui/button.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { TextArea, SelectField } from '../../shared/ui/field.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { TriedOut } from './tried-out.js';

/** The problem and its place, in one line for a field; null: there is none. */
export function problemLine(source: string): string | null {
  const problem = conditionProblem(source);
  if (problem === null) return null;
  const { message, at } = problem;
  return at === null ? message : `line ${at.line}, character ${at.column}: ${message}`;
}

export const VARIABLE_HINTS = [
  ['args', 'what the tool is called with: args.amount < 100.0'],
  ['subject', 'on whose behalf: subject.id, subject.roles'],
  ['tool', 'the tool’s class, server, owner: tool.class == "read"'],
  ['context', 'what the caller says about its state: context.channel'],
  ['now', 'the time of the decision: now.getHours("UTC") < 18'],
] as const;

export function VariableHints() {
  return (
    <div className="flex flex-col items-start gap-1.5 text-12">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-muted">
        {VARIABLE_HINTS.map(([name, hint]) => (
          <div key={name} className="contents">
            <dt className="mono text-text">{name}</dt>
            <dd>{hint}</dd>
          </div>
        ))}
      </dl>
      <GuideLink to="write-a-condition">How to write a condition</GuideLink>
    </div>
  );
}

export function ConditionDialog({
  tenant,
  document,
  cell,
  effect: initialEffect,
  when: initialWhen,
  humanOnly,
  onSave,
  onClose,
}: {
  readonly tenant: string;
  readonly document: PolicyDocument;
  readonly cell: CellName;
  readonly effect: 'allow' | 'approve' | 'deny';
  readonly when: string;
  readonly humanOnly: boolean;
  readonly onSave: (effect: 'allow' | 'approve' | 'deny', when: string) => void;
  readonly onClose: () => void;
}) {
  const [effect, setEffect] = useState(initialEffect);
  const [when, setWhen] = useState(initialWhen);
  const problem = problemLine(when);
  const words = problem === null && when.trim() !== '' ? conditionWords(when.trim()) : null;
  const save = () => {
    if (problem !== null) return;
    onSave(effect, when);
    onClose();
  };
  const around = useLayer<HTMLDivElement>(true, 'Put the condition into the draft', save);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${cell.role} × ${cell.tool}`}
      description="The effect applies only when the condition holds."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={problem !== null} onClick={save}>
            Put into the draft
          </Button>
        </>
      }
    >
      <div ref={around} className="flex flex-col gap-3 pb-2">
        <SelectField
          label="Effect"
          value={effect}
          onChange={(event) => setEffect(event.target.value as typeof effect)}
        >
          {!humanOnly && <option value="allow">Allow</option>}
          <option value="approve">Ask</option>
          <option value="deny">Deny</option>
        </SelectField>
        <TextArea
          label="When (CEL)"
          value={when}
          error={problem}
          rows={3}
          spellCheck={false}
          className="mono"
          placeholder="always"
          hint="Empty: always. Where a condition has no answer, the call is denied, and the decision says so."
          onChange={(event) => setWhen(event.target.value)}
        />
        <WrongPlace source={when} />
        {words !== null && (
          <p className="text-13">
            Reads: {effect === 'deny' ? 'Deny' : effect === 'allow' ? 'Allow' : 'Ask'} when {words}.
          </p>
        )}
        {problem === null && <TriedOut tenant={tenant} document={document} cell={cell} source={when} />}
        <VariableHints />
      </div>
    </Dialog>
  );
}

/** The line that is wrong, with a mark under the place. */
function WrongPlace({ source }: { readonly source: string }) {
  const at = conditionProblem(source)?.at;
  if (at === undefined || at === null) return null;
  const line = source.trim().split('\n')[at.line - 1] ?? '';
  const from = Math.min(at.column - 1, line.length);
  return (
    <code aria-hidden className="block overflow-x-auto rounded-control bg-sunken px-2 py-1 whitespace-pre">
      {line.slice(0, from)}
      <span className="underline decoration-deny decoration-wavy decoration-2">
        {line.slice(from, from + 1) || ' '}
      </span>
      {line.slice(from + 1)}
    </code>
  );
}
