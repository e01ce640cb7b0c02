/**
 * One thing of a kind, filled in: its name while it is new, its fields, and the three ways on - into the draft, away with
 * it, leave it. Nothing is put into the draft that has a problem or says what is there already.
 */
import { change, entriesOf, removal, type NamedKind, type Values } from '@reeve/policy';
import { useId, useState, type ReactNode } from 'react';
import { DockedPeek } from '../records/docked-peek.js';
import { Button } from '../ui/button.js';
import { Drawer } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { Kbd } from '../ui/kbd.js';
import type { EditorProps } from './editing.js';
import { nameProblem } from './name-problem.js';

/** What is wrong, by the member of the form it is wrong with. */
export type Problems<Form> = { readonly [member in keyof Form]?: string | undefined };
/** A form, read: the value it stands for, or why it stands for none. */
export type FormRead<Value, Form> = { readonly value: Value } | { readonly problems: Problems<Form> };

export interface FieldsProps<Form> {
  readonly form: Form;
  readonly set: (change: Partial<Form>) => void;
  readonly problems: Problems<Form>;
}

interface NamedEditorProps<K extends NamedKind, Form> extends EditorProps<K> {
  readonly blank: Form;
  readonly formOf: (value: Values[K]) => Form;
  readonly read: (form: Form) => FormRead<Values[K], Form>;
  /** A name out of what it says: there is none to type. */
  readonly nameFor?: (value: Values[K], taken: Readonly<Record<string, unknown>>) => string;
  /** Names that are taken by what is no thing of the kind, each with why. */
  readonly reserved?: { readonly [name: string]: string };
  readonly note?: ReactNode;
  readonly docked?: boolean;
  /** Other acts that can be done to it. */
  readonly actions?: ReactNode;
  readonly children: (fields: FieldsProps<Form>) => ReactNode;
}

export function NamedEditor<K extends NamedKind, Form>(props: NamedEditorProps<K, Form>) {
  const { kind, one, row, editing, onOpen, blank, formOf, read, nameFor, reserved = {}, docked } = props;
  const { document, editor, readOnly } = editing;
  const id = useId();
  const before = row === undefined ? blank : formOf(row.value);
  const [form, setForm] = useState(before);
  const [typed, setTyped] = useState('');
  const result = read(form);
  const taken = Object.fromEntries(entriesOf(document, kind));
  const named = row !== undefined || nameFor !== undefined;
  const wrongName = named ? null : (own(reserved, typed) ?? nameProblem(typed, taken));
  const unchanged = row !== undefined && JSON.stringify(form) === JSON.stringify(before);
  const ready = readOnly === null && 'value' in result && wrongName === null && !unchanged;

  const save = () => {
    if (!ready) return;
    const name = row?.name ?? nameFor?.(result.value, taken) ?? typed;
    editor.edit(change(document, kind, name, result.value));
    onOpen(docked ? name : undefined);
  };
  const gone = row === undefined ? [] : removal(document, kind, row.name);
  const remove = () => {
    editor.edit(gone);
    onOpen(undefined);
  };

  const title = row?.name ?? `Add ${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`;
  const fields = (
    <form
      id={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset disabled={readOnly !== null} className="flex min-w-0 flex-col gap-3 pb-3">
        {!named && (
          <TextField
            label="Name"
            value={typed}
            error={typed === '' ? null : wrongName}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {props.children({
          form,
          set: (part) => setForm({ ...form, ...part }),
          problems: 'problems' in result ? result.problems : {},
        })}
      </fieldset>
    </form>
  );
  const footer = readOnly === null && (
    <>
      {row !== undefined && (
        <Button kind="danger" className="mr-auto" onClick={remove}>
          {gone.length > 1 ? 'Remove with what names it' : 'Remove'}
        </Button>
      )}
      {!docked && <Button onClick={() => onOpen(undefined)}>Cancel</Button>}
      <Button type="submit" form={id} kind="primary" disabled={!ready} className={docked ? 'ml-auto' : ''}>
        Put into the draft {!docked && <Kbd>Ctrl ↵</Kbd>}
      </Button>
    </>
  );
  if (docked)
    return (
      <DockedPeek
        title={<span className="mono">{title}</span>}
        note={props.note}
        actions={row !== undefined && props.actions}
        footer={footer}
        onClose={() => onOpen(undefined)}
      >
        <div className="p-3">{fields}</div>
      </DockedPeek>
    );
  return (
    <Drawer open onClose={() => onOpen(undefined)} title={title} description={props.note} footer={footer}>
      {fields}
    </Drawer>
  );
}

/** A name may be one that every object has. */
const own = (of: { readonly [name: string]: string }, name: string): string | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;
