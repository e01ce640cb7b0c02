/** Quotas: how often what may be used, by whom. Limits and windows are edited where they stand. */
import {
  change,
  classWord,
  removal,
  targetOf,
  TOOL_CLASSES,
  type PolicyDocument,
  type PolicyQuota,
} from '@reeve/policy';
import { X } from 'lucide-react';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import type { EditorProps, NamedRow } from '../../shared/policy-draft/editing.js';
import { NamedEditor, type FieldsProps } from '../../shared/policy-draft/named-editor.js';
import { NamedList, type ListProps, type NamedColumn } from '../../shared/policy-draft/named-list.js';
import { IconButton } from '../../shared/ui/button.js';
import { ClassChip } from '../../shared/ui/class-chip.js';
import { NumberField, SelectField, TextField } from '../../shared/ui/field.js';
import { InlineValue } from './inline-value.js';
import { BLANK, countedText, formOf, holdersOf, read, type QuotaForm } from './quota-form.js';
import { fullestFirst, parseLimit, parseWindow, quotaName, quotaText, usesOf } from './quota-rows.js';
import { UseMeter } from './quota-use.js';
import type { QuotaUse } from './quotas.queries.js';

type Row = NamedRow<'quota'>;

export function Quotas({ use, ...props }: ListProps & { readonly use: readonly QuotaUse[] | undefined }) {
  return (
    <NamedList
      {...props}
      kind="quota"
      one="quota"
      title="Quotas"
      note="never more than the limit in any window of that length"
      why="Nothing limits how often a permitted tool is called."
      called={{ head: 'Counts', render: ({ value }) => <Counted of={value} /> }}
      columns={[...inlineColumns(props), usageColumn(use), ...removeColumn(props)]}
      textOf={quotaText}
      order={fullestFirst(use)}
      renderEditor={(editor) => <QuotaEditor {...editor} />}
    />
  );
}

function Counted({ of }: { readonly of: PolicyQuota }) {
  if (of.toolClass === undefined)
    return of.tool ?? (of.action === undefined ? of.resourceType : targetOf(of));
  return (
    <span className="flex items-center gap-1.5 font-sans font-normal">
      every <ClassChip of={of.toolClass} /> act
    </span>
  );
}

function inlineColumns({ editing: { document, editor, readOnly } }: ListProps): NamedColumn<'quota'>[] {
  const put = ({ name, value }: Row, part: Partial<PolicyQuota>) =>
    editor.edit(change(document, 'quota', name, { ...value, ...part }));
  return [
    {
      name: 'Each',
      render: ({ value: { per, holder } }) => (
        <>
          {per} {holder !== undefined && <span className="mono text-muted">{holder}</span>}
        </>
      ),
    },
    {
      name: 'Limit',
      render: (row) => (
        <InlineValue
          label={`Limit of ${row.name}`}
          shown={row.value.limit.toLocaleString('en')}
          parse={parseLimit}
          changed={row.was?.limit !== row.value.limit}
          readOnly={readOnly !== null}
          onValue={(limit) => put(row, { limit })}
        />
      ),
    },
    {
      name: 'Window',
      render: (row) => (
        <InlineValue
          label={`Window of ${row.name}`}
          shown={windowWords(row.value.windowSeconds)}
          parse={parseWindow}
          changed={row.was?.windowSeconds !== row.value.windowSeconds}
          readOnly={readOnly !== null}
          onValue={(windowSeconds) => put(row, { windowSeconds })}
        />
      ),
    },
  ];
}

const usageColumn = (use: readonly QuotaUse[] | undefined): NamedColumn<'quota'> => ({
  name: 'Now, fullest first',
  render: ({ name, value }) => <UseMeter use={usesOf(name, use)} limit={value.limit} />,
});

function removeColumn({ editing: { document, editor, readOnly } }: ListProps): NamedColumn<'quota'>[] {
  if (readOnly !== null) return [];
  return [
    {
      name: 'Actions',
      actions: true,
      render: ({ name }) => (
        <IconButton label={`Remove ${name}`} onClick={() => editor.edit(removal(document, 'quota', name))}>
          <X size={14} aria-hidden />
        </IconButton>
      ),
    },
  ];
}

function QuotaEditor(props: EditorProps<'quota'>) {
  return (
    <NamedEditor {...props} blank={BLANK} formOf={formOf} read={read} nameFor={quotaName}>
      {(fields) => <QuotaFields {...fields} document={props.editing.document} />}
    </NamedEditor>
  );
}

function QuotaFields({
  form: { counts, per, holder, limit, window },
  set,
  problems,
  document,
}: FieldsProps<QuotaForm> & { readonly document: PolicyDocument }) {
  const holders = holdersOf(per, document);
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField
        label="Counts"
        className="col-span-2"
        value={counts}
        onChange={(event) => set({ counts: event.target.value })}
      >
        <option value="">Choose…</option>
        <optgroup label="Everything of a class">
          {TOOL_CLASSES.map((toolClass) => (
            <option key={toolClass} value={countedText({ toolClass })}>
              {classWord(toolClass)}
            </option>
          ))}
        </optgroup>
        <optgroup label="One tool">
          {Object.keys(document.tools).map((tool) => (
            <option key={tool} value={countedText({ tool })}>
              {tool}
            </option>
          ))}
        </optgroup>
        {Object.entries(document.resourceTypes).map(([resourceType, { actions }]) => (
          <optgroup key={resourceType} label={`Resources of the type ${resourceType}`}>
            <option value={countedText({ resourceType })}>{resourceType}: every action</option>
            {Object.keys(actions).map((action) => (
              <option key={action} value={countedText({ resourceType, action })}>
                {targetOf({ resourceType, action })}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <SelectField
        label="Each"
        value={per}
        onChange={(event) => set({ per: event.target.value as PolicyQuota['per'], holder: '' })}
      >
        <option value="user">user</option>
        <option value="role">role</option>
        <option value="assistant">assistant</option>
        <option value="tenant">tenant</option>
      </SelectField>
      <SelectField
        label="Which one"
        disabled={holders.length === 0}
        value={holder}
        onChange={(event) => set({ holder: event.target.value })}
      >
        <option value="">{per === 'assistant' ? 'each of them' : per === 'role' ? 'Choose…' : 'each'}</option>
        {holders.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <NumberField label="Limit (calls)" value={limit} onValue={(text) => set({ limit: text })} />
      <TextField
        label="Window"
        value={window}
        hint="90 s, 5 min, 1 h, 7 d"
        error={problems.window}
        onChange={(event) => set({ window: event.target.value })}
      />
    </div>
  );
}
