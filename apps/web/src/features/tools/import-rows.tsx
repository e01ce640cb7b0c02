/** Each imported tool with what it is still asked for. What its server suggests is shown, and chosen by nobody but a person. */
import { classWord, TOOL_CLASSES, type PolicyDocument, type Refused } from '@reeve/policy';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { SelectField, TextField } from '../../shared/ui/field.js';
import { Status } from '../../shared/ui/status.js';
import { missing, type Choice, type Choices, type ImportRow } from './import-model.js';

export function ClassOptions() {
  return (
    <>
      <option value="">class…</option>
      {TOOL_CLASSES.map((one) => (
        <option key={one} value={one}>
          {classWord(one)}
        </option>
      ))}
    </>
  );
}

export function ImportRows({
  rows,
  choices,
  document,
  onChange,
}: {
  readonly rows: readonly ImportRow[];
  readonly choices: Choices;
  readonly document: PolicyDocument;
  readonly onChange: (name: string, change: Partial<Choice>) => void;
}) {
  return (
    <ul aria-label="Tools found" className="flex flex-col rounded-card border border-line">
      {rows.map((row) => (
        <li
          key={row.tool.name}
          className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line px-3 py-2 last:border-b-0"
          style={{ contentVisibility: 'auto', containIntrinsicSize: 'auto 64px' }}
        >
          <Identity row={row} choice={choices[row.tool.name]!} document={document} onChange={onChange} />
          {row.state === 'new' && <Asked row={row} choice={choices[row.tool.name]!} onChange={onChange} />}
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  readonly row: ImportRow;
  readonly choice: Choice;
  readonly onChange: (name: string, change: Partial<Choice>) => void;
}

function Identity({ row, choice, document, onChange }: RowProps & { readonly document: PolicyDocument }) {
  const { name, was, description, suggestion, dropped } = row.tool;
  const stays = document.tools[name]?.class;
  return (
    <div className="flex min-w-[220px] flex-1 items-start gap-2">
      <input
        type="checkbox"
        aria-label={`Take ${name}`}
        className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
        checked={choice.chosen && row.state !== 'same'}
        disabled={row.state === 'same'}
        onChange={(event) => onChange(name, { chosen: event.target.checked })}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="mono break-all">{name}</span>
          {row.state === 'new' && <Status tone="info">new</Status>}
          {row.state === 'changed' && <Status tone="warn">changes its {row.differs.join(' and ')}</Status>}
          {row.state === 'same' && <Status tone="ok">as it is</Status>}
          {row.state !== 'new' && stays !== undefined && <ClassChip of={stays} />}
        </p>
        {was !== null && (
          <p className="text-12 text-muted">
            <span className="mono">{was}</span> there; an agent has to ask by the name above
          </p>
        )}
        {description !== '' && <p className="line-clamp-2 text-12 text-muted">{description}</p>}
        {row.state === 'new' && suggestion !== null && (
          <p className="text-12 text-muted">
            suggested: {suggestion.class.replace('_', '-')}, because {suggestion.why}
          </p>
        )}
        {dropped.length > 0 && (
          <details className="mt-1 text-12">
            <summary className="text-accent">{dropped.length} left out</summary>
            <ul className="mt-1 flex flex-col gap-1">
              {dropped.map((one) => (
                <li key={`${one.path} ${one.what}`}>
                  <span className="mono break-all">{one.path}</span>{' '}
                  <span className="text-muted">{one.why}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </div>
  );
}

function Asked({ row, choice, onChange }: RowProps) {
  const { name } = row.tool;
  const lacks = missing(row, choice);
  return (
    <div className="flex w-full max-w-[380px] items-start gap-2">
      <SelectField
        hideLabel
        label={`Class of ${name}`}
        className="w-[120px] shrink-0"
        disabled={!choice.chosen}
        value={choice.class}
        onChange={(event) => onChange(name, { class: event.target.value as Choice['class'] })}
      >
        <ClassOptions />
      </SelectField>
      <TextField
        hideLabel
        label={`Why ${name} has this class`}
        className="flex-1"
        placeholder="why this class"
        disabled={!choice.chosen}
        value={choice.justification}
        hint={lacks}
        onChange={(event) => onChange(name, { justification: event.target.value })}
      />
    </div>
  );
}

export function RefusedTools({ refused }: { readonly refused: readonly Refused[] }) {
  if (refused.length === 0) return null;
  return (
    <section className="rounded-card border border-warn px-3 py-2">
      <h3 className="text-13 font-medium">
        <Status tone="warn">
          {refused.length === 1 ? '1 is not taken' : `${refused.length} are not taken`}
        </Status>
      </h3>
      <ul className="mt-1 flex flex-col gap-1 text-12">
        {refused.map(({ path, message }) => (
          <li key={path}>
            <span className="mono break-all">{path}</span> <span className="text-muted">{message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
