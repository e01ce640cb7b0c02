/** The draft, to whoever shows a part of it and edits that. */
import type { NamedKind, PolicyDocument, Values } from '@reeve/policy';
import { useReadOnly } from './draft-frame.js';
import type { PolicyEditor } from './policy-editor.js';
import { usePolicyEditor, type OpenDraft } from './use-policy-editor.js';

export interface Editing {
  readonly document: PolicyDocument;
  /** As it is published. */
  readonly base: PolicyDocument;
  readonly editor: PolicyEditor;
  /** The reason nothing can be edited, or null. */
  readonly readOnly: string | null;
}

/** What lies open of a list, and the way to open another. */
export interface Opening {
  readonly editing: Editing;
  /** A name, or NEW. */
  readonly open: string | undefined;
  readonly onOpen: (open: string | undefined) => void;
}

export interface NamedRow<K extends NamedKind> {
  readonly name: string;
  readonly value: Values[K];
  /** As it is published; undefined: it is not. */
  readonly was: Values[K] | undefined;
}

export interface EditorProps<K extends NamedKind> extends Omit<Opening, 'open'> {
  readonly kind: K;
  /** A thing of the kind, in a word. */
  readonly one: string;
  /** Undefined: a new one. */
  readonly row: NamedRow<K> | undefined;
}

export function useEditing(tenant: string): { readonly draft: OpenDraft; readonly editing: Editing } {
  const draft = usePolicyEditor(tenant);
  const readOnly = useReadOnly(tenant);
  const { document, base } = draft.draft;
  return { draft, editing: { document, base, editor: draft.editor, readOnly } };
}
