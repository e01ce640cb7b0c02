/** A new allowance: for what, for whom, how many in which window. */
import { classWord, Quota, TOOL_CLASSES, type PolicyDocument, type PolicyQuota } from '@reeve/policy';
import { useState } from 'react';
import { NumberField, SelectField, TextField } from '../../shared/ui/field.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
import { parseWindow, quotaName } from './quota-rows.js';

export function AddQuota({
  document,
  onAdd,
  onClose,
}: {
  readonly document: PolicyDocument;
  readonly onAdd: (name: string, quota: PolicyQuota) => void;
  readonly onClose: () => void;
}) {
  const [target, setTarget] = useState('');
  const [per, setPer] = useState<PolicyQuota['per']>('user');
  const [holder, setHolder] = useState('');
  const [limit, setLimit] = useState('60');
  const [window, setWindow] = useState('1 min');
  const holders =
    per === 'role'
      ? Object.keys(document.roles)
      : per === 'assistant'
        ? Object.keys(document.assistants)
        : [];
  const [kind, name = ''] = target.split(' ');
  const windowSeconds = parseWindow(window);
  const parsed = Quota.safeParse({
    per,
    ...(kind === 'class' ? { toolClass: name } : { tool: name }),
    ...(holder === '' ? {} : { holder }),
    limit: Number(limit || 'x'),
    windowSeconds: windowSeconds ?? 0,
  });
  return (
    <FormDialog
      onClose={onClose}
      title="Add a quota"
      description="Never more than the limit in any window of that length."
      act="Put into the draft"
      ready={parsed.success}
      onSubmit={() => {
        if (!parsed.success) return;
        onAdd(quotaName(parsed.data, document.quotas), parsed.data);
        onClose();
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Tool or class"
          className="col-span-2"
          value={target}
          onChange={(event) => setTarget(event.target.value)}
        >
          <option value="">Choose…</option>
          <optgroup label="Every tool of a class">
            {TOOL_CLASSES.map((one) => (
              <option key={one} value={`class ${one}`}>
                {classWord(one)}
              </option>
            ))}
          </optgroup>
          <optgroup label="One tool">
            {Object.keys(document.tools).map((tool) => (
              <option key={tool} value={`tool ${tool}`}>
                {tool}
              </option>
            ))}
          </optgroup>
        </SelectField>
        <SelectField
          label="Each"
          value={per}
          onChange={(event) => {
            setPer(event.target.value as PolicyQuota['per']);
            setHolder('');
          }}
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
          onChange={(event) => setHolder(event.target.value)}
        >
          <option value="">
            {per === 'assistant' ? 'each of them' : per === 'role' ? 'Choose…' : 'each'}
          </option>
          {holders.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </SelectField>
        <NumberField label="Limit (calls)" value={limit} onValue={setLimit} />
        <TextField
          label="Window"
          value={window}
          hint="90 s, 5 min, 1 h, 7 d"
          error={windowSeconds === null ? 'a number and s, min, h or d; 31 d at most' : null}
          onChange={(event) => setWindow(event.target.value)}
        />
      </div>
    </FormDialog>
  );
}
