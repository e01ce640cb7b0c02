import { expect, test } from 'vitest';
import { checked } from './page-check.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 12, minute));
const row = (minute: number) => ({ id: String(minute), startTime: at(minute).toISOString() });
const window = { from: at(0), to: at(30) };
const timeOf = ({ startTime }: Readonly<Record<string, unknown>>) => Date.parse(String(startTime));
const check = (minutes: number[], reached: Date | null) => checked(minutes.map(row), window, reached, timeOf);

test('pages that go back in time lead on, also with one row twice', () => {
  const first = check([29, 20, 20], null);
  expect(first).toMatchObject({ outside: 0, reached: at(20) });
  expect(check([20, 3], first.reached).reached).toEqual(at(3));
  expect(check([], at(3)).reached).toEqual(at(3));
});

test('a page that begins later than the one before has ended goes round', () => {
  expect(() => check([29, 20], at(20))).toThrow('come again');
  expect(() => check([20], at(19))).toThrow('come again');
});

test('rows that were not asked for are left out, a page of nothing else is refused', () => {
  const { rows, outside } = check([30, 29, 0, -1], null);
  expect(rows.map(({ id }) => id)).toEqual(['29', '0']);
  expect(outside).toBe(2);
  expect(() => check([40, 35], null)).toThrow('other times');
});

test('a row without a time is left to whoever reads it', () => {
  const page = checked([{ id: 'x', startTime: 'soon' }], window, at(5), timeOf);
  expect(page).toMatchObject({ outside: 0, reached: at(5) });
  expect(page.rows).toHaveLength(1);
});
