/** One tool beside the list: what it is, why it has its class, who may use it. Saving needs the justification. */
import { lockedBy, toolStandings, type PolicyDocument, type PolicyTool } from '@reeve/policy';
import { X } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { count } from '../../shared/format.js';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import { nameProblem } from '../../shared/policy-draft/name-problem.js';
import { Button, IconButton } from '../../shared/ui/button.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { CheckField, SelectField, TextArea, TextField } from '../../shared/ui/field.js';
import { Status } from '../../shared/ui/status.js';
import { formOf, NEW_TOOL, toolFrom, type ToolForm } from './tool-form.js';

export interface ToolPeekProps {
  /** Empty: a new one. */
  readonly name: string;
  readonly document: PolicyDocument;
  readonly usage: ReactNode;
  readonly readOnly: string | null;
  readonly onSave: (name: string, tool: PolicyTool) => void;
  readonly onRemove: (name: string) => void;
  readonly onClose: () => void;
  /** Other acts that can be done to it. */
  readonly actions?: ReactNode;
}

export function ToolPeek({
  name: was,
  document,
  usage,
  readOnly,
  onSave,
  onRemove,
  onClose,
  actions,
}: ToolPeekProps) {
  const tool = document.tools[was];
  const isNew = was === '';
  const [name, setName] = useState(was);
  const [form, setForm] = useState<ToolForm>(tool === undefined ? NEW_TOOL : formOf(tool));
  const set = (change: Partial<ToolForm>) => setForm({ ...form, ...change });
  const result = toolFrom(form);
  const problems = 'problems' in result ? result.problems : {};
  const wrongName = isNew ? nameProblem(name, document.tools) : null;
  const unchanged = tool !== undefined && JSON.stringify(formOf(tool)) === JSON.stringify(form);
  const locked = lockedBy(document, was, form.class);
  return (
    <aside
      aria-label={isNew ? 'New tool' : `Tool ${was}`}
      className="flex w-[440px] max-w-full shrink-0 flex-col overflow-hidden rounded-card border border-line bg-surface max-[1099px]:w-[360px] max-[899px]:absolute max-[899px]:inset-y-0 max-[899px]:right-0 max-[899px]:z-20 max-[899px]:shadow-float"
    >
      <header className="flex min-h-9 items-center gap-2 border-b border-line px-3">
        <h2 className="mono min-w-0 flex-1 truncate text-13">{isNew ? 'New tool' : was}</h2>
        {!isNew && actions}
        <IconButton label="Close" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <fieldset
        disabled={readOnly !== null}
        className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3"
      >
        {isNew && (
          <TextField
            label="Name"
            value={name}
            error={name === '' ? null : wrongName}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <SelectField
          label="Class"
          value={form.class}
          onChange={(event) => set({ class: event.target.value as PolicyTool['class'] })}
        >
          <option value="read">read – changes nothing</option>
          <option value="write">write – changes something</option>
          <option value="dangerous">dangerous – costs money, or cannot be undone</option>
          <option value="human_only">human-only – an agent proposes, a person executes</option>
        </SelectField>
        {locked.length > 0 && (
          <p className="text-12">
            <Status tone="warn">Allow becomes Ask, and is locked, for {locked.join(', ')}.</Status>
          </p>
        )}
        <TextArea
          label="Why this class"
          rows={2}
          value={form.justification}
          error={
            problems.justification === undefined
              ? null
              : 'Say why, in 8 characters or more: nobody publishes a tool that is not justified.'
          }
          onChange={(event) => set({ justification: event.target.value })}
        />
        <TextArea
          label="Description"
          rows={2}
          value={form.description}
          onChange={(event) => set({ description: event.target.value })}
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Server"
            value={form.server}
            onChange={(event) => set({ server: event.target.value })}
          />
          <TextField
            label="Owner"
            value={form.owner}
            onChange={(event) => set({ owner: event.target.value })}
          />
        </div>
        <CheckField
          label="Reversible"
          hint="What it does can be taken back."
          checked={form.reversible}
          onChange={(event) => set({ reversible: event.target.checked })}
        />
        <CheckField
          label="Untrusted output"
          hint="Its results may carry text that somebody else wrote."
          checked={form.untrustedOutput}
          onChange={(event) => set({ untrustedOutput: event.target.checked })}
        />
        <TextArea
          label="Arguments (JSON Schema 2020-12)"
          rows={8}
          spellCheck={false}
          style={{ fontFamily: 'var(--font-mono)', fontSize: 12, lineHeight: '18px' }}
          value={form.schema}
          error={problems.schema ?? null}
          onChange={(event) => set({ schema: event.target.value })}
        />
        {!isNew && <Standing tool={was} document={document} />}
        {!isNew && usage}
      </fieldset>
      {readOnly === null && (
        <footer className="flex items-center gap-2 border-t border-line px-3 py-2">
          {!isNew && (
            <Button size="sm" kind="danger" onClick={() => onRemove(was)}>
              Remove
            </Button>
          )}
          <Button
            size="sm"
            kind="primary"
            className="ml-auto"
            disabled={!('tool' in result) || wrongName !== null || unchanged}
            onClick={() => 'tool' in result && onSave(name, result.tool)}
          >
            Put into the draft
          </Button>
        </footer>
      )}
    </aside>
  );
}

/** Its standing: who may use it and how often, as the draft has it. */
function Standing({ tool, document }: { readonly tool: string; readonly document: PolicyDocument }) {
  const { roles, quotas } = useMemo(() => toolStandings(document)(tool), [document, tool]);
  return (
    <>
      <section>
        <h3 className="mb-1 text-12 font-medium text-muted">Permissions</h3>
        {roles.length === 0 ? (
          <p className="text-faint">No role: denied for everybody.</p>
        ) : (
          <ul className="flex flex-wrap gap-x-3 gap-y-1">
            {roles.map(({ role, effect, conditional, inheritedFrom }) => (
              <li key={role} className="flex items-center gap-1.5">
                <EffectPill effect={effect} /> {role}
                {inheritedFrom !== null && <span className="text-12 text-faint">from {inheritedFrom}</span>}
                {conditional && <span className="text-12 text-faint">conditional</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3 className="mb-1 text-12 font-medium text-muted">Quotas</h3>
        {quotas.length === 0 ? (
          <p className="text-faint">None</p>
        ) : (
          <ul>
            {quotas.map(({ name, limit, windowSeconds, per, holder }) => (
              <li key={name}>
                {count(limit)} in {windowWords(windowSeconds)} per {per} {holder}
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
