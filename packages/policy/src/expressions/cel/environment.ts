/**
 * CEL's standard functions as its specification has them, each paid for before it runs. What the library does otherwise
 * stands in `numbers.ts`, `times.ts` and here; the conformance data says that nothing is left (conformance.test.ts).
 */
import {
  celEnv,
  celFunc,
  celList,
  celMethod,
  CelScalar,
  isCelError,
  isCelList,
  isCelMap,
  listType,
  mapType,
} from '@bufbuild/cel';
import type { CelEnv, CelResult, CelValue } from '@bufbuild/cel';
import { characters } from '../characters.js';
import { charge, chargeText } from '../meter.js';
import type { Pattern } from '../pattern.js';
import { NUMBERS } from './numbers.js';
import { TIMES } from './times.js';

const { BOOL, DYN, INT, STRING } = CelScalar;
const LIST = listType(DYN);
const MAP = mapType(DYN, DYN);

/** Functions that the walk over an expression puts in (rewrite.ts); nobody can write these names. */
export const HAS = '@has';
export const TURN = '@turn';

type Functions = CelEnv['funcs'];
type FunctionGroup = NonNullable<ReturnType<Functions['find']>>;

/** The cost of a call beside what it looks at: the library tries one overload after the other. */
export const CALL = 3;
/** A look into a text that is an instant or a duration. */
const READING = 30;
/** An error is made with its message, and joined with those before it. */
const FAILURE = 40;

/** Of the expression that is being asked: asking is synchronous, so there is one at a time. */
let patterns: ReadonlyMap<string, Pattern> = new Map();
export function matchWith(compiled: ReadonlyMap<string, Pattern>): void {
  patterns = compiled;
}

const TEXTS = [
  celMethod('matches', STRING, [STRING], BOOL, function (source) {
    const pattern = patterns.get(source);
    if (pattern === undefined) throw new Error('the pattern is not a literal');
    return pattern.test(this);
  }),
  // A search can compare each character of the one with each of the other.
  celMethod('contains', STRING, [STRING], BOOL, function (part) {
    charge((this.length >> 4) * (1 + (part.length >> 4)));
    return this.includes(part);
  }),
  celFunc('size', [STRING], INT, (text) => BigInt(characters(text))),
  celMethod('size', STRING, [], INT, function () {
    return BigInt(characters(this));
  }),
];

const LISTS = [
  // The library's is a chain of lists, and a look into it as slow as it is long.
  celFunc('_+_', [LIST, LIST], LIST, (left, right) => celList([...left, ...right])),
];

const REWRITTEN = [
  celFunc(HAS, [MAP, STRING], BOOL, (map, name) => map.has(name)),
  celFunc(TURN, [DYN, INT], DYN, (condition, price) => {
    charge(Number(price));
    return condition;
  }),
];

/** With `options` of the library's, for the conformance tests. */
export function environment(options: Parameters<typeof celEnv>[0] = {}): CelEnv {
  const standard = celEnv({ ...options, funcs: [...NUMBERS, ...TIMES, ...TEXTS, ...LISTS, ...REWRITTEN] });
  return Object.create(standard, { funcs: { value: metered(standard.funcs) } }) as CelEnv;
}

/** Every function, with a charge before each call. */
function metered(functions: Functions): Functions {
  const groups = new Map<string, FunctionGroup>();
  for (const { name } of functions) {
    const group = functions.find(name);
    if (group === undefined || groups.has(name)) continue;
    const weigh = DEEP.has(name) ? whole : NAMED.has(name) ? glance : surface;
    const more = name === 'timestamp' || name === 'duration' ? READING : 0;
    const call = (id: number, target: CelValue | undefined, args: CelValue[]): CelResult | undefined => {
      if (name !== TURN) charge(CALL);
      if (target !== undefined) weigh(target);
      for (const arg of args) weigh(arg);
      charge(more);
      const result = group.call(id, target, args);
      if (result === undefined || isCelError(result)) charge(FAILURE);
      return result;
    };
    groups.set(name, Object.create(group, { call: { value: call } }) as FunctionGroup);
  }
  return Object.create(functions, { find: { value: (name: string) => groups.get(name) } }) as Functions;
}

/** Functions that look at all of a value, and those that look at one thing in it. */
const DEEP = new Set(['_==_', '_!=_', '@in']);
const NAMED = new Set([HAS, TURN, '@not_strictly_false', '!_']);

const glance = (): void => undefined;

function surface(value: CelValue): void {
  if (typeof value === 'string') chargeText(value);
  else if (value instanceof Uint8Array) charge(value.length >> 2);
  else if (isCelList(value) || isCelMap(value)) charge(value.size);
}

function whole(value: CelValue): void {
  charge(1);
  surface(value);
  if (isCelList(value)) for (const item of value) whole(item);
  else if (isCelMap(value)) for (const [, item] of value) whole(item);
}
