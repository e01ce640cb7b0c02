/** The sentence in a cell: a CEL expression, checked while it is typed by what will evaluate it. */
import { conditionProblem, conditionWords, type CellName, type PolicyDocument } from '@reeve/policy';
import { useState } from 'react';
import { useLayer } from '../../../shared/policy-draft/use-layer.js';
import { Button } from '../../../shared/ui/button.js';
import { Dialog } from '../../../shared/ui/dialog.js';
import { TextArea, SelectField } from '../../../shared/ui/field.js';
import { problemLine, VariableHints } from '../condition.js';
import { TriedOut } from './tried-out.js';

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
          code
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
