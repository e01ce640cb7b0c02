/** A decision in words: its reason's two sentences, filled in from its detail. */
import { REASONS, type Reason } from './reasons.js';
import type { Json, JsonObject } from './vocabulary.js';

/** Both sentences of a decision, filled in. */
export function explain({ reason, detail }: { readonly reason: Reason; readonly detail: JsonObject }): {
  readonly user: string;
  readonly admin: string;
} {
  const { user, admin } = REASONS[reason];
  return { user: fill(user, detail), admin: fill(admin, detail) };
}

function fill(text: string, detail: JsonObject): string {
  if (!text.includes('{')) return text;
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    word(Object.hasOwn(detail, name) ? detail[name] : undefined),
  );
}

/** A quota that never resets has `resetsAt: null`; a global switch has an empty target. */
function word(value: Json | undefined): string {
  if (value === undefined) return 'unknown';
  if (value === null) return 'never';
  return typeof value === 'string' ? value || 'everything' : JSON.stringify(value);
}
