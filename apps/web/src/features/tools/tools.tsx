/** Tools: what each can do, how it is classed and why, who may use it and how often it is asked for. */
import { isGrant, lockedBy, toolStandings, type PolicyDocument, type PolicyTool } from '@reeve/policy';
import { useMemo, type ReactNode } from 'react';
import { count } from '../../shared/format.js';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import type { EditorProps } from '../../shared/policy-draft/editing.js';
import { NamedEditor, type FieldsProps } from '../../shared/policy-draft/named-editor.js';
import { NamedList, type ListProps } from '../../shared/policy-draft/named-list.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { CheckField, SelectField, TextArea, TextField } from '../../shared/ui/field.js';
import { JsonField } from '../../shared/ui/json-field.js';
import { Status } from '../../shared/ui/status.js';
import { BLANK, formOf, read, type ToolForm } from './tool-form.js';

export interface ToolUse {
  readonly calls: number;
  readonly denied: number;
}

interface ToolsProps extends ListProps {
  /** Undefined: not known. */
  readonly askedOf: (tool: string) => ToolUse | undefined;
  /** How it was used, in words. */
  readonly usage: ReactNode;
  /** Acts that can be done to the one that lies open. */
  readonly acts: ReactNode;
  readonly actions: ReactNode;
  readonly above: ReactNode;
}

export function Tools({ askedOf, usage, acts, ...props }: ToolsProps) {
  const { document } = props.editing;
  const standingOf = useMemo(() => toolStandings(document), [document]);
  const times = (tool: string, of: keyof ToolUse) => {
    const use = askedOf(tool);
    return use === undefined ? '–' : count(use[of]);
  };
  return (
    <NamedList
      {...props}
      docked
      kind="tool"
      one="tool"
      title="Tools"
      note="a tool nobody classed is unknown, and denied"
      why="An agent is denied every tool that is not listed here."
      textOf={({ server, owner, description, class: of }) => `${server} ${owner} ${description} ${of}`}
      columns={[
        { name: 'Class', render: ({ value }) => <ClassChip of={value.class} /> },
        { name: 'Server', wide: true, render: ({ value }) => value.server || '–' },
        { name: 'Owner', wide: true, render: ({ value }) => value.owner || '–' },
        {
          name: 'Output',
          wide: true,
          render: ({ value }) => (value.untrustedOutput ? 'untrusted' : '–'),
        },
        {
          name: 'Roles',
          end: true,
          render: ({ name }) => standingOf(name).roles.filter(({ effect }) => isGrant(effect)).length,
        },
        { name: '7-d calls', end: true, render: ({ name }) => times(name, 'calls') },
        { name: 'Denied', end: true, render: ({ name }) => times(name, 'denied') },
      ]}
      renderEditor={(editor) => <ToolEditor {...editor} usage={usage} actions={acts} />}
    />
  );
}

function ToolEditor({
  usage,
  ...props
}: EditorProps<'tool'> & { readonly usage: ReactNode; readonly actions: ReactNode }) {
  const { row, editing } = props;
  return (
    <NamedEditor {...props} docked blank={BLANK} formOf={formOf} read={read}>
      {(fields) => (
        <>
          <ToolFields {...fields} locked={lockedBy(editing.document, row?.name ?? '', fields.form.class)} />
          {row && <Standing tool={row.name} document={editing.document} />}
          {row && usage}
        </>
      )}
    </NamedEditor>
  );
}

function ToolFields({
  form,
  set,
  problems,
  locked,
}: FieldsProps<ToolForm> & { readonly locked: readonly string[] }) {
  return (
    <>
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
      <JsonField
        label="Arguments (JSON Schema 2020-12)"
        value={form.schema}
        error={problems.schema}
        onText={(schema) => set({ schema })}
      />
    </>
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
