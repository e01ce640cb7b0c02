/** A few at a time of each, in order; some may wait; a failure is nobody else's; nothing is kept of who is gone. */
import { expect, it } from 'vitest';
import { DomainError } from './errors.js';
import { FewAtATime } from './few-at-a-time.js';

const lines = (max: number, atATime = 1) =>
  new FewAtATime({ atATime, max }, () => new DomainError('rate_limited', 'too many'));

/** Work that goes on until it is told to end. */
function gate() {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const seen = { begun: false, end };
  const work = async () => {
    seen.begun = true;
    await over;
  };
  return Object.assign(seen, { work });
}

it('one of each is under way, and the next one only after it', async () => {
  const line = lines(3);
  const [first, second, other] = [gate(), gate(), gate()];
  const [one, two, three] = [
    line.run('a', first.work),
    line.run('a', second.work),
    line.run('b', other.work),
  ];
  other.end();
  await three;
  expect([first.begun, second.begun]).toEqual([true, false]);
  first.end();
  await one;
  second.end();
  await two;
  expect(second.begun).toBe(true);
});

it('more than may wait is refused, of that one', async () => {
  const line = lines(2);
  const first = gate();
  const one = line.run('a', first.work);
  const two = line.run('a', () => Promise.resolve('second'));
  await expect(line.run('a', () => Promise.resolve())).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await line.run('b', () => Promise.resolve('b'))).toBe('b');
  first.end();
  await one;
  expect(await two).toBe('second');
  expect(await line.run('a', () => Promise.resolve('again'))).toBe('again');
});

it('as many as may are under way, and the next one with the first that ends', async () => {
  const line = lines(4, 2);
  const gates = [gate(), gate(), gate(), gate()];
  const begun = () => gates.map((one) => one.begun);
  const all = gates.map(({ work }) => line.run('a', work));
  expect(begun()).toEqual([true, true, false, false]);
  gates[1]!.end();
  await all[1];
  expect(begun()).toEqual([true, true, true, false]);
  for (const { end } of gates) end();
  await Promise.all(all);
  expect(begun()).toEqual([true, true, true, true]);
});

it('a failure is its own', async () => {
  const line = lines(2);
  const failing = line.run('a', () => Promise.reject(new Error('mine')));
  const next = line.run('a', () => Promise.resolve('yours'));
  await expect(failing).rejects.toThrow('mine');
  expect(await next).toBe('yours');
});
