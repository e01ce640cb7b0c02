import { expect, test } from 'vitest';
import { asked, known } from '../../cases/situation.js';
import { killSwitch } from '../stages/kill-switch.js';
import { KILL_MODES, KILL_SCOPES } from '../vocabulary.js';
import { liftRuleFor } from './lift-rule.js';
import { liftSentence, stopSentence } from './words.js';

test('each scope and mode has a sentence of its own, which names what is stopped', () => {
  const all = KILL_SCOPES.flatMap((scope) =>
    KILL_MODES.map((mode) => stopSentence({ scope, mode, target: 'refund' }, 'Halcyon Air')),
  );
  expect(new Set(all).size).toBeGreaterThanOrEqual(13);
  expect(stopSentence({ scope: 'tool', mode: 'stopped', target: 'refund' }, 'Halcyon Air')).toBe(
    'Tool refund of Halcyon Air is refused until this is lifted; all other tools go on.',
  );
  expect(stopSentence({ scope: 'tenant', mode: 'read_only', target: '' }, 'Halcyon Air')).toBe(
    'Every agent of Halcyon Air goes on answering and reading: tools of class read run, no other tool does.',
  );
});

/** The sentence promises what the stage does. */
test.each(KILL_SCOPES.flatMap((scope) => KILL_MODES.map((mode) => [scope, mode] as const)))(
  'the sentence of %s %s promises what the decision does',
  (scope, mode) => {
    const target = { global: '', tenant: '', assistant: 'support', tool: 'find_order', tool_class: 'read' }[
      scope
    ];
    const sentence = stopSentence({ scope, mode, target }, 'acme');
    const passes = (over: Parameters<typeof asked>[0]) =>
      killSwitch.check(asked(over), known({ switches: [{ id: 'k', reason: 'drill', scope, target, mode }] }))
        .effect === 'pass';
    const answers = passes({
      action: { name: 'models/call', properties: {} },
      resource: { type: 'model', id: 'm', properties: {} },
    });
    const reads = passes({});
    const others = passes({ resource: { type: 'tool', id: 'somewhat_else', properties: {} } });
    const promises: readonly (readonly [RegExp, boolean])[] = [
      [/all other tools go on/, others],
      [/goes on answering/, answers],
      [/no answer/, !answers],
      [/tools of class read run|unless it is of class read/, reads],
      [/no tool runs|no tool, until/, !reads],
      [/is refused until/, !reads],
    ];
    const made = promises.filter(([words]) => words.test(sentence));
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(made.filter(([, kept]) => !kept)).toEqual([]);
  },
);

test('who could lift it is named, and what one alone can do is said', () => {
  expect(liftSentence('one', ['Ana', 'Bo'])).toBe('Lifting takes one of Ana and Bo.');
  expect(liftSentence('two', ['Ana', 'Bo', 'Cy'])).toBe(
    'Lifting takes two of Ana, Bo and Cy: one proposes, another confirms.',
  );
  expect(liftSentence('cool_down', ['Ana'])).toBe(
    'Lifting takes Ana alone: asked for once, and done 60 s later.',
  );
  expect(liftSentence('one', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])).toContain('and 2 more');
});

test('two are wanted of every tenant’s stop and where the tenant asks; where there is one, time stands for the other', () => {
  expect(liftRuleFor('global', false, 2)).toBe('two');
  expect(liftRuleFor('global', false, 1)).toBe('cool_down');
  expect(liftRuleFor('tool', true, 5)).toBe('two');
  expect(liftRuleFor('tool', true, 1)).toBe('cool_down');
  expect(liftRuleFor('tenant', false, 1)).toBe('one');
});
