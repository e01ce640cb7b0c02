/** What a tenant says of its subjects: of one, or of many out of a file that is looked at first. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { counted } from '../../shared/policy-draft/change-words.js';
import { ChangedMeanwhile, useBase } from '../../shared/records/changed-meanwhile.js';
import { putBack } from '../../shared/records/put-back.js';
import { SelectField } from '../../shared/ui/field.js';
import { JsonField, jsonText, objectIn } from '../../shared/ui/json-field.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { Status } from '../../shared/ui/status.js';
import { notify } from '../../shared/ui/toast.js';
import {
  importPreviewQuery,
  useImport,
  useSetAttributes,
  type ImportFormat,
  type Subject,
} from './subjects.queries.js';

const CHIPS = ['Duties changed', 'From the personnel list', 'Mistake corrected'];

export function AttributesDialog({
  tenant,
  of,
  onClose,
}: {
  readonly tenant: string;
  readonly of: Subject;
  readonly onClose: () => void;
}) {
  const change = useSetAttributes();
  const base = useBase(of, change);
  const now = jsonText(of.attributes ?? {});
  const [text, setText] = useState(now);
  const attributes = objectIn(text);
  const set = (to: unknown, expectedVersion: number, reason: string) =>
    change.mutateAsync({ tenant, type: of.type, id: of.id, attributes: to, reason, expectedVersion });
  return (
    <ReasonDialog
      onClose={onClose}
      title={`Attributes of ${of.id}`}
      description="Conditions read them as subject.properties, and they win against what a request says."
      chips={CHIPS}
      confirmLabel="Save"
      complete={typeof attributes === 'object' && !base.moved}
      onConfirm={async (reason) => {
        const { version } = await set(attributes, base.version, reason);
        notify({
          title: `${of.id} has other attributes`,
          undo: putBack(reason, (back) => set(of.attributes, version, back)),
        });
      }}
    >
      <JsonField
        data-first
        label="Attributes (JSON)"
        value={text}
        error={typeof attributes === 'string' ? attributes : null}
        onText={setText}
      />
      <ChangedMeanwhile base={base} onTake={() => setText(now)}>
        {now}
      </ChangedMeanwhile>
    </ReasonDialog>
  );
}

export function ImportAttributesDialog({
  tenant,
  onClose,
}: {
  readonly tenant: string;
  readonly onClose: () => void;
}) {
  const apply = useImport();
  const [format, setFormat] = useState<ImportFormat>('csv');
  const [text, setText] = useState('');
  const { data: preview, error } = useQuery({
    ...importPreviewQuery(tenant, format, text),
    enabled: text.trim() !== '',
  });
  return (
    <ReasonDialog
      onClose={onClose}
      title="Import attributes"
      description="A subject that is not bound yet is bound without a role. Either the whole file is taken, or nothing."
      chips={CHIPS}
      confirmLabel="Import"
      complete={preview !== undefined && preview.errorCount === 0 && preview.created + preview.changed > 0}
      onConfirm={async (reason) => {
        const { created, changed } = await apply.mutateAsync({ tenant, format, text, reason });
        notify({ title: `${counted(created, 'subject')} bound, ${changed} changed` });
      }}
    >
      <SelectField
        label="Format"
        value={format}
        onChange={(event) => setFormat(event.target.value as ImportFormat)}
      >
        <option value="csv">CSV – a header with id, then a column for each attribute</option>
        <option value="ndjson">NDJSON – an object with id and attributes in each line</option>
      </SelectField>
      <JsonField
        data-first
        label="File"
        placeholder={
          format === 'csv' ? 'id,department,level:number' : '{"id":"mia","attributes":{"level":2}}'
        }
        value={text}
        error={error === null ? null : error.message}
        onText={setText}
      />
      {preview && (
        <section aria-label="What the import would do" className="text-13">
          <p>
            {preview.created} new, {preview.changed} changed, {preview.unchanged} as they are
          </p>
          {preview.errors.map(({ line, message }) => (
            <p key={`${line} ${message}`}>
              <Status tone="warn">
                Line {line}: {message}
              </Status>
            </p>
          ))}
        </section>
      )}
    </ReasonDialog>
  );
}
