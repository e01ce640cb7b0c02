import type { EvaluationRequest, Semantic } from '@reeve/policy';
import { expect, it } from 'vitest';
import { inParts } from './parts.js';
import type { Ask, Evaluated } from './work.js';

const ask = (count: number, semantic: Semantic = 'execute_all'): Ask => ({
  kind: 'ask',
  caller: { tenantId: 't', keyId: 'k', assistants: [] },
  requests: Array.from({ length: count }, (_, i) => ({ n: i }) as unknown as EvaluationRequest),
  semantic,
  bytes: count * 10,
});
const numbers = (part: Ask) => part.requests.map((request) => (request as unknown as { n: number }).n);

/** Says yes to what is below `denied`, and keeps what it was asked. */
function deciding(denied = Infinity) {
  const parts: Ask[] = [];
  const submit = async (part: Ask): Promise<Evaluated[]> => {
    parts.push(part);
    const answers: Evaluated[] = [];
    for (const n of numbers(part)) {
      const effect = n < denied ? 'allow' : 'deny';
      answers.push({ id: String(n), decision: { effect } } as Evaluated);
      if (part.semantic === 'deny_on_first_deny' && effect === 'deny') break;
    }
    return answers;
  };
  return { parts, submit };
}

it('no part is larger than a turn, all are there once, in their order', async () => {
  for (const count of [1, 63, 64, 65, 128, 256]) {
    const { parts, submit } = deciding();
    const answers = await inParts(ask(count), 64, submit);
    expect(answers.map(({ id }) => Number(id))).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(Math.max(...parts.map(({ requests }) => requests.length))).toBeLessThanOrEqual(64);
    expect(parts.reduce((sum, { bytes }) => sum + bytes!, 0)).toBe(count * 10);
  }
});

it('parts that nothing ends wait together', async () => {
  const { parts } = await new Promise<{ parts: Ask[] }>((seen) => {
    const { parts, submit } = deciding();
    void inParts(ask(256), 64, async (part) => {
      const answers = await submit(part);
      if (parts.length === 4) seen({ parts });
      return new Promise((answered) => setImmediate(() => answered(answers)));
    });
  });
  expect(parts.length).toBe(4);
});

it('what ends the request keeps the parts behind it from being asked', async () => {
  const { parts, submit } = deciding(100);
  const answers = await inParts(ask(256, 'deny_on_first_deny'), 64, submit);
  expect(answers.length).toBe(101);
  expect(parts.map(numbers).flat()).toEqual(Array.from({ length: 128 }, (_, i) => i));
});

it('a part that fails is the failure of the request', async () => {
  const { submit } = deciding();
  let calls = 0;
  const failing = (part: Ask) => (++calls === 2 ? Promise.reject(new Error('away')) : submit(part));
  await expect(inParts(ask(256), 64, failing)).rejects.toThrow('away');
});
