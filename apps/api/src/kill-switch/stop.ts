/** What somebody asks to stop, and what they type to show that they mean it. */
import type { KillMode, KillScope } from '@reeve/policy';

export interface Stop {
  readonly scope: KillScope;
  readonly target: string;
  readonly mode: KillMode;
  readonly confirm: string | null;
}

export const STOP_ALL = 'STOP ALL';
export const LIFT_ALL = 'LIFT ALL';
