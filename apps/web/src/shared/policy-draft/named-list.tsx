/**
 * The things of one kind that have names, as the draft has them: listed, found, marked where they differ from what is
 * published, opened by an address, added and removed. A kind says in one file what its columns and its fields are.
 */
import type { NamedKind, PolicyChange, PolicyDocument, Values } from '@reeve/policy';
import { clsx } from 'clsx';
import { Pencil, Plus } from 'lucide-react';
import { Suspense, type ComponentType, type ReactNode } from 'react';
import { PlainTable, type Column } from '../records/plain-table.js';
import { Button } from '../ui/button.js';
import { Panel } from '../ui/panel.js';
import { Empty } from '../ui/states.js';
import { counted } from './change-words.js';
import { FilterInput } from './filter-input.js';
import type { PolicyEditor } from './policy-editor.js';

/** The draft, to whoever shows or edits a part of it. */
export interface Editing {
  readonly document: PolicyDocument;
  readonly base: PolicyDocument;
  readonly changes: readonly PolicyChange[];
  readonly editor: PolicyEditor;
  /** The reason nothing can be edited, or null. */
  readonly readOnly: string | null;
}

/** The list and what lies open of it, as the page's URL has them. */
export interface InUrl {
  /** A name; `+` is a new one, as nothing can be called. */
  readonly open: string | undefined;
  readonly onOpen: (open: string | undefined) => void;
  readonly filter?: { readonly value: string; readonly onChange: (value: string) => void };
}
export const NEW = '+';

export interface ListProps extends InUrl {
  readonly editing: Editing;
}

export interface NamedRow<K extends NamedKind> {
  readonly name: string;
  readonly value: Values[K];
  /** As it is published; undefined where it is new. */
  readonly was: Values[K] | undefined;
}

/** The editor of a kind: NamedEditor with its fields. */
export interface EditorProps<K extends NamedKind> {
  readonly kind: K;
  /** A thing of the kind, in a word. */
  readonly one: string;
  /** Undefined: a new one. */
  readonly row: NamedRow<K> | undefined;
  readonly editing: Editing;
  readonly onOpen: InUrl['onOpen'];
}

interface NamedListProps<K extends NamedKind> extends ListProps {
  readonly kind: K;
  readonly member: keyof PolicyDocument;
  readonly title: string;
  /** A thing of the kind, in a word. */
  readonly one: string;
  readonly note: string;
  /** What they are for, where there is none. */
  readonly why: ReactNode;
  readonly columns: readonly Column<NamedRow<K>>[];
  readonly Editor: ComponentType<EditorProps<K>>;
}
