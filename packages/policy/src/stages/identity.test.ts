import { expect, test } from 'vitest';
import { asked, known } from '../../cases/situation.js';
import { identity } from './identity.js';

const check = (assistant: string | null, assistants: readonly string[], subject = known().subject) =>
  identity.check(asked({ assistant }), known({ caller: { id: 'key', assistants }, subject }));

test('a caller speaks for the assistants of its key; a key without a list for all', () => {
  expect(check('support', ['support', 'other'])).toMatchObject({ effect: 'pass' });
  expect(check('support', [])).toMatchObject({ effect: 'pass' });
  expect(check('support', ['other'])).toMatchObject({ effect: 'deny', reason: 'assistant_not_permitted' });
});

test('whether an assistant is named at all is not this question', () => {
  expect(check(null, ['a', 'b'])).toMatchObject({ effect: 'pass' });
});

test('an unknown subject is denied, without saying which', () => {
  expect(check('support', [], null)).toEqual({ effect: 'deny', reason: 'unknown_subject', detail: {} });
});

test('the trail keeps the roles a subject had', () => {
  expect(check('support', [], { roles: ['agent', 'lead'], grants: {} })).toEqual({
    effect: 'pass',
    detail: { roles: ['agent', 'lead'] },
  });
});
