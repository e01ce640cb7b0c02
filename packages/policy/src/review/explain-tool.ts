/**
 * The reasons a role may or may not use a tool, before any argument is known: everything in the policy that has a say,
 * and the stops in force. What the console shows beside a cell is this and nothing it works out itself.
 */
import type { PolicyAssistant } from '../document/kinds/assistant.js';
import type { PolicyDocument } from '../document/policy-document.js';
import { cellCondition } from '../matrix/cell.js';
import { isAbout, leaves } from '../stops/reach.js';
import { counts } from '../document/kinds/quota.js';
import { asked, classOf, placeOf } from '../matrix/target.js';
import { mostGiven } from '../tool-class.js';
import type { KillSwitch, ToolClass } from '../vocabulary.js';
import { Answers, type Answer } from '../matrix/answer.js';
import { conditionWords } from './condition-words.js';

/** The answer an agent gets that asks for this role, with arguments that every guardrail takes and allowance left. */
export type EffectiveAnswer = 'allow' | 'approve' | 'deny' | 'none' | 'stopped';

export interface ToolExplanation {
  readonly effective: EffectiveAnswer;
  /** Conditions have a say, so it may be another answer for some arguments. */
  readonly conditional: boolean;
  /** The reason the matrix does not have the last word, or null. */
  readonly because: string | null;
  readonly toolClass: ToolClass | null;
  readonly answer: Answer;
  /** The cells that can decide, in the order in which they are asked. */
  readonly cells: readonly {
    readonly role: string;
    readonly inherited: boolean;
    readonly effect: 'allow' | 'approve' | 'deny';
    readonly when: string | null;
    /** The condition in words, where it has some. */
    readonly words: string | null;
  }[];
  /** Those that are on. */
  readonly guardrails: readonly {
    readonly name: string;
    readonly title: string;
    readonly words: string | null;
  }[];
  /** Those that count a call by somebody with this role. */
  readonly quotas: readonly {
    readonly name: string;
    readonly limit: number;
    readonly windowSeconds: number;
    readonly per: string;
    readonly holder: string | null;
    /** The role it is inherited from. */
    readonly from: string | null;
  }[];
  /** Switched on and with the tool on the list; stopped ones apart. */
  readonly assistants: readonly string[];
  readonly stoppedAssistants: readonly string[];
  /** Stops that leave no call of this tool. */
  readonly stops: readonly KillSwitch[];
}

/** `tool` is what targets are called: a tool, or `record:write`. */
export function explainTool(
  document: PolicyDocument,
  role: string,
  tool: string,
  situation: { readonly switches: readonly KillSwitch[] } = { switches: [] },
  answers = new Answers(document),
): ToolExplanation {
  const toolClass = classOf(document, tool);
  const answer = answers.answer(role, tool);
  const roles = answers.closure(role);
  const inForce = situation.switches.filter((one) => mayStop(one, tool, toolClass));
  const stops = inForce.filter(({ scope }) => scope !== 'assistant');
  const stopped = new Set(inForce.filter(({ scope }) => scope === 'assistant').map(({ target }) => target));
  const listing = Object.entries(document.assistants)
    .filter(([, one]) => one.enabled && isOn(one, tool))
    .map(([name]) => name);
  const assistants = listing.filter((name) => !stopped.has(name));
  const { effective, because } = verdict(answer, toolClass, stops, assistants, listing.length > 0);
  return {
    effective,
    because,
    conditional: effective !== 'stopped' && answer.cells.some((cell) => cellCondition(cell) !== null),
    toolClass,
    answer,
    cells: answer.cells.map((cell) => {
      const when = cellCondition(cell);
      const words = when === null ? null : conditionWords(when);
      return { role: cell.role, inherited: cell.role !== role, effect: cell.effect, when, words };
    }),
    guardrails: Object.entries(document.guardrails)
      .filter(([, one]) => one.enabled && isOn(one, tool))
      .map(([name, { title, when }]) => ({
        name,
        title,
        words: when === undefined ? null : (conditionWords(when) ?? when),
      })),
    quotas: Object.entries(document.quotas)
      .filter(([, quota]) => counts(quota, tool, toolClass))
      .filter(([, { per, holder }]) => per !== 'role' || (holder !== undefined && roles.includes(holder)))
      .map(([name, { limit, windowSeconds, per, holder }]) => ({
        name,
        limit,
        windowSeconds,
        per,
        holder: holder ?? null,
        from: per === 'role' && holder !== undefined && holder !== role ? holder : null,
      })),
    assistants,
    stoppedAssistants: listing.filter((name) => stopped.has(name)),
    stops,
  };
}

/** True where a list of tools and types has this target. */
function isOn(
  { tools, resourceTypes = [] }: Pick<PolicyAssistant, 'tools' | 'resourceTypes'>,
  target: string,
): boolean {
  const place = placeOf(target);
  return 'tool' in place ? tools.includes(place.tool) : resourceTypes.includes(place.resourceType);
}

/** True where a switch leaves no call of this tool, by the assistant that it is about if it is about one. */
function mayStop(one: KillSwitch, tool: string, toolClass: ToolClass | null): boolean {
  const attempt = {
    ...asked(tool),
    assistant: one.scope === 'assistant' ? one.target : null,
    toolClass: toolClass ?? undefined,
  };
  return isAbout(one, attempt) && !leaves(one.mode, attempt);
}

function verdict(
  answer: Answer,
  toolClass: ToolClass | null,
  stops: readonly KillSwitch[],
  assistants: readonly string[],
  listed: boolean,
): { readonly effective: EffectiveAnswer; readonly because: string | null } {
  if (stops.length > 0) return { effective: 'stopped', because: 'It is stopped, whatever the matrix says.' };
  if (toolClass === null) return { effective: 'none', because: 'The policy has no such tool.' };
  if (assistants.length === 0)
    return listed
      ? { effective: 'stopped', because: 'Every assistant that may use it is stopped.' }
      : { effective: 'none', because: 'No assistant that is switched on may use it, so no agent can.' };
  if (answer.effect === 'allow' && mostGiven(toolClass) !== 'allow')
    return { effective: 'approve', because: 'Human-only: an agent may propose it, a person executes.' };
  return { effective: answer.effect, because: null };
}
