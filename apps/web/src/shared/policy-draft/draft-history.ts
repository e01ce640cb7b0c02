/**
 * A draft as a value: the policy it is based on, the edits that lead away from it, and the way back and forth.
 * Invariant: `edits` is minimal - exactly what differs between the base and the document, each thing once.
 */
import {
  applyEdits,
  diffPolicies,
  editsFrom,
  inNaturalOrder,
  type PolicyChange,
  type PolicyDocument,
  type PolicyEdit,
} from '@reeve/policy';

export interface DraftHistory {
  readonly base: PolicyDocument;
  readonly baseRevision: number;
  readonly edits: readonly PolicyEdit[];
  /** The base with the edits. */
  readonly document: PolicyDocument;
  /** The difference of the two, in the order a reviewer reads. */
  readonly changes: readonly PolicyChange[];
  readonly past: readonly (readonly PolicyEdit[])[];
  readonly future: readonly (readonly PolicyEdit[])[];
}

export type DraftAction =
  | { readonly kind: 'edit'; readonly edits: readonly PolicyEdit[] }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'discard' }
  /** The same edits on another base: what the base already has falls away. */
  | { readonly kind: 'rebase'; readonly base: PolicyDocument; readonly baseRevision: number };

const STEPS_MAX = 200;

export function startDraft(
  base: PolicyDocument,
  baseRevision: number,
  edits: readonly PolicyEdit[] = [],
): DraftHistory {
  return { base, baseRevision, past: [], future: [], ...reached(base, edits) };
}

export function draftReducer(state: DraftHistory, action: DraftAction): DraftHistory {
  const { base, edits, past, future } = state;
  switch (action.kind) {
    case 'edit': {
      const next = reached(base, [...edits, ...action.edits]);
      return sameEdits(next.edits, edits) ? state : remember(state, next);
    }
    case 'discard':
      return edits.length === 0 ? state : remember(state, reached(base, []));
    case 'undo': {
      const back = past.at(-1);
      if (back === undefined) return state;
      return { ...state, past: past.slice(0, -1), future: [edits, ...future], ...reached(base, back) };
    }
    case 'redo': {
      const [forth, ...rest] = future;
      if (forth === undefined) return state;
      return { ...state, past: [...past, edits], future: rest, ...reached(base, forth) };
    }
    case 'rebase':
      return startDraft(action.base, action.baseRevision, edits);
  }
}

function remember(state: DraftHistory, next: ReturnType<typeof reached>): DraftHistory {
  return { ...state, past: [...state.past, state.edits].slice(-STEPS_MAX), future: [], ...next };
}

/** The document those edits lead to, and the fewest edits that lead there. */
function reached(base: PolicyDocument, edits: readonly PolicyEdit[]) {
  const changes = diffPolicies(base, applyEdits(base, edits));
  const least = editsFrom(changes);
  return { document: inNaturalOrder(applyEdits(base, least)), edits: least, changes };
}

const sameEdits = (a: readonly PolicyEdit[], b: readonly PolicyEdit[]): boolean =>
  a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
