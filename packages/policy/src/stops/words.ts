/**
 * The words for what a stop does and what lifting it takes. Said before it is used, so it must not promise more than it
 * does.
 */
import { classWord } from '../tool-class.js';
import type { KillMode, KillScope } from '../vocabulary.js';
import { COOL_DOWN_SECONDS, type LiftRule } from './lift-rule.js';
import type { Stop } from './reach.js';

/** `tenant` by the name people know it by. A target that is not chosen yet is spoken of without a name. */
export function stopSentence(stop: Stop, tenant: string): string {
  return `${AGENTS[stop.scope](stop.target, tenant)} ${LEFT[kindOf(stop.scope)][stop.mode]}`;
}

type Kind = 'everything' | 'tools';
const kindOf = (scope: KillScope): Kind =>
  scope === 'tool' || scope === 'tool_class' ? 'tools' : 'everything';

const AGENTS: { readonly [scope in KillScope]: (target: string, tenant: string) => string } = {
  global: () => 'Every agent of every tenant',
  tenant: (_, tenant) => `Every agent of ${tenant}`,
  assistant: (target, tenant) => `${target === '' ? 'This assistant' : `Assistant ${target}`} of ${tenant}`,
  tool: (target, tenant) => `${target === '' ? 'This tool' : `Tool ${target}`} of ${tenant}`,
  tool_class: (target, tenant) =>
    target === '' ? `Each tool of this class in ${tenant}` : `Each ${classWord(target)} tool of ${tenant}`,
};

const LEFT: { readonly [kind in Kind]: { readonly [mode in KillMode]: string } } = {
  everything: {
    answers_only: 'goes on answering; no tool runs until this is lifted.',
    read_only: 'goes on answering and reading: tools of class read run, no other tool does.',
    stopped: 'is refused everything: no answer, no tool, until this is lifted.',
  },
  tools: {
    answers_only: 'is refused until this is lifted; all other tools go on.',
    read_only: 'is refused unless it is of class read; all other tools go on.',
    stopped: 'is refused until this is lifted; all other tools go on.',
  },
};

/** `people`: the names of those who could lift it. */
export function liftSentence(rule: LiftRule, people: readonly string[]): string {
  switch (rule) {
    case 'one':
      return `Lifting takes one of ${list(people)}.`;
    case 'two':
      return `Lifting takes two of ${list(people)}: one proposes, another confirms.`;
    case 'cool_down':
      return `Lifting takes ${list(people)} alone: asked for once, and done ${COOL_DOWN_SECONDS} s later.`;
  }
}

const SHOWN = 6;
function list(names: readonly string[]): string {
  if (names.length === 0) return 'nobody here';
  const shown = names.slice(0, SHOWN);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
