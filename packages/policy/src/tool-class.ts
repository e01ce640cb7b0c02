/** The two rules about a tool's class that are asked in many places. */
import type { ToolClass } from './vocabulary.js';

/** As people read it: `human-only`. */
export const classWord = (toolClass: string): string => toolClass.replaceAll('_', '-');

/** The most a cell may give: what is human-only an agent proposes and a person executes, whoever is allowed what. */
export const mostGiven = (toolClass: ToolClass | null | undefined): 'allow' | 'approve' =>
  toolClass === 'human_only' ? 'approve' : 'allow';
