/**
 * The reach of a stop and what its mode leaves: one rule for the decision, for what may be published while it is in
 * force, and for the sentence that a person reads before it is used.
 */
import type { KillMode, KillScope, ToolClass } from '../vocabulary.js';

export interface Stop {
  readonly scope: KillScope;
  readonly target: string;
  readonly mode: KillMode;
}

/** An attempt to do something, as far as a stop looks at it. */
export interface Attempt {
  readonly action: string;
  readonly assistant: string | null;
  readonly resource: { readonly type: string; readonly id: string };
  /** Of what is asked for, where the policy knows it: the tool's, or the action's on a resource. */
  readonly toolClass: ToolClass | undefined;
}

/** Each mode leaves less than the one before. */
export const STRICTNESS: { readonly [mode in KillMode]: number } = {
  read_only: 0,
  answers_only: 1,
  stopped: 2,
};

export function isAbout({ scope, target }: Stop, { assistant, resource, toolClass }: Attempt): boolean {
  switch (scope) {
    case 'global':
    case 'tenant':
      return true;
    case 'assistant':
      return assistant === target;
    case 'tool':
      return resource.type === 'tool' && resource.id === target;
    case 'tool_class':
      return toolClass !== undefined && toolClass === target;
  }
}

const ANSWERS = new Set(['models/call', 'messages/send']);

/** Read only leaves answers too; a tool nobody knows is not known to read. */
export function leaves(mode: KillMode, { action, resource, toolClass }: Attempt): boolean {
  switch (mode) {
    case 'stopped':
      return false;
    case 'answers_only':
      return resource.type !== 'tool' && toolClass === undefined && ANSWERS.has(action);
    case 'read_only':
      if (resource.type === 'tool' || toolClass !== undefined) return toolClass === 'read';
      return ANSWERS.has(action) || action === 'resources/read';
  }
}
