/**
 * Conditions: CEL expressions, compiled once per policy and asked for yes or no.
 *
 * Promises:
 * - total: an expression answers true or false or is unanswerable (`undefined`); it never throws;
 * - bounded: work is metered, a unit being about one function call or one turn of a comprehension, and ends when the
 *   decision's meter is empty (then the answer is `undefined`); regular expressions are RE2, hence linear;
 * - pure: CEL's standard functions only; `now` is a variable, not a clock.
 *
 * Numbers: a JSON number that is a safe integer is a CEL int, every other one a double. CEL compares the two by value;
 * arithmetic between them is added here (and gives a double), because JSON cannot say whether 2 is an int.
 */
import {
  parse,
  plan,
  celEnv,
  celFunc,
  celList,
  celMap,
  CelScalar,
  isCelList,
  isCelMap,
  listType,
  mapType,
} from '@bufbuild/cel';
import type { CelEnv, CelInput, CelResult, CelValue } from '@bufbuild/cel';
import { linearRegExp } from './regexp.js';
import { remembered } from './remembered.js';
import type { Json } from '../vocabulary.js';

type Expr = ReturnType<typeof parse>['expr'];

/** What an expression may name. */
export const VARIABLES = ['subject', 'action', 'resource', 'args', 'tool', 'context', 'now'] as const;
export type Variables = { readonly [name in (typeof VARIABLES)[number]]: CelInput };

export interface Condition {
  readonly source: string;
  /** undefined: it cannot be answered with a boolean. Several conditions of one decision share a meter. */
  ask(variables: Variables, meter?: Meter): boolean | undefined;
}

/** Units of work that are left. */
export interface Meter {
  left: number;
}

/** A few milliseconds; a usual condition needs about ten units. */
export const newMeter = (): Meter => ({ left: 20_000 });

const DEPTH_MAX = 64;

/** Throws an Error whose message says what is wrong with the expression. */
export const compileCondition = remembered(10_000, (source): Condition => {
  const expr = parseBounded(source);
  const ask = plan(ENV, expr);
  return {
    source,
    ask(variables, own = newMeter()) {
      meter = own;
      const answer = ask(variables);
      return typeof answer === 'boolean' ? answer : undefined;
    },
  };
});

/** A condition that nobody can answer: what a broken expression is once it has passed every check unseen. */
export const unanswerable = (source: string): Condition => ({ source, ask: () => undefined });

/** JSON as CEL sees it. */
export function celJson(value: Json): CelInput {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return celList((value as readonly Json[]).map(celJson));
  const members = new Map<string, CelInput>();
  for (const [name, member] of Object.entries(value)) members.set(name, celJson(member));
  // The library takes a member that is null for an absent one; CEL's has() and `in` ask for the key.
  return Object.assign(celMap(members), { has: (key: unknown) => members.has(key as string) });
}

// --- what is metered -------------------------------------------------------------------------------------------------

/** Of the condition that is being asked: asking is synchronous, so there is one at a time. */
let meter = newMeter();

function charge(units: number): void {
  meter.left -= units;
  if (meter.left < 0) throw new Error('the expression takes too long');
}

/** What a value costs a function that looks at it; `deep` for those that look at all of it. */
function weigh(value: CelValue | undefined, deep: boolean): void {
  if (typeof value === 'string') charge(value.length >> 6);
  else if (isCelList(value)) {
    charge(value.size >> 3);
    if (deep) for (const item of value) weigh(item, true);
  } else if (isCelMap(value)) {
    charge(value.size >> 3);
    if (deep) for (const [, item] of value) weigh(item, true);
  }
}

const DEEP = new Set(['_==_', '_!=_', '@in']);

type Functions = CelEnv['funcs'];
type FunctionGroup = NonNullable<ReturnType<Functions['find']>>;

/** Every function, with a charge before each call. */
function metered(functions: Functions): Functions {
  const groups = new Map<string, FunctionGroup>();
  for (const { name } of functions) {
    const group = functions.find(name);
    if (group === undefined || groups.has(name)) continue;
    const deep = DEEP.has(name);
    const call = (id: number, target: CelValue | undefined, args: CelValue[]): CelResult | undefined => {
      charge(1);
      weigh(target, deep);
      for (const arg of args) weigh(arg, deep);
      return group.call(id, target, args);
    };
    groups.set(name, Object.create(group, { call: { value: call } }) as FunctionGroup);
  }
  return Object.create(functions, { find: { value: (name: string) => groups.get(name) } }) as Functions;
}

const { DOUBLE, DYN, INT } = CelScalar;
const RANGE = '@range';

const FUNCTIONS = [
  ...(['_+_', '_-_', '_*_', '_/_'] as const).flatMap((name) => {
    const apply = ARITHMETIC(name);
    return [
      celFunc(name, [INT, DOUBLE], DOUBLE, (l, r) => apply(Number(l), r)),
      celFunc(name, [DOUBLE, INT], DOUBLE, (l, r) => apply(l, Number(r))),
    ];
  }),
  // What a comprehension turns over: its size is its price, paid before the first turn.
  celFunc(RANGE, [listType(DYN)], listType(DYN), (list) => (charge(list.size), list)),
  celFunc(RANGE, [mapType(DYN, DYN)], mapType(DYN, DYN), (map) => (charge(map.size), map)),
];

function ARITHMETIC(name: '_+_' | '_-_' | '_*_' | '_/_'): (l: number, r: number) => number {
  switch (name) {
    case '_+_':
      return (l, r) => l + r;
    case '_-_':
      return (l, r) => l - r;
    case '_*_':
      return (l, r) => l * r;
    case '_/_':
      return (l, r) => l / r;
  }
}

const STANDARD = celEnv({ funcs: FUNCTIONS, re2: { compile: linearRegExp } });
const ENV: CelEnv = Object.create(STANDARD, { funcs: { value: metered(STANDARD.funcs) } }) as CelEnv;

// --- what is parsed --------------------------------------------------------------------------------------------------

const TYPES = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);
/** Operators the planner knows without a function. */
const OPERATORS = new Set(['_&&_', '_||_', '_?_:_', '_[_]', '@not_strictly_false', '__not_strictly_false__']);

function parseBounded(source: string): Expr {
  const { expr } = attempt(source);
  walk(expr, new Set(VARIABLES), 0);
  if (!mayBeBoolean(expr)) throw new Error('the expression does not answer with a boolean');
  return expr;
}

function attempt(source: string): ReturnType<typeof parse> {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw new Error('the expression is nested too deeply', { cause: error });
    throw error;
  }
}

/** Refuses names nobody defines, prices comprehensions, bounds the depth. */
function walk(expr: Expr | undefined, names: ReadonlySet<string>, depth: number): void {
  if (expr === undefined) return;
  if (depth > DEPTH_MAX) throw new Error('the expression is nested too deeply');
  const deeper = (inner: Expr | undefined, scope = names) => walk(inner, scope, depth + 1);
  const { case: kind, value } = expr.exprKind;
  switch (kind) {
    case 'identExpr':
      if (!names.has(value.name) && !TYPES.has(value.name))
        throw new Error(`there is no variable ${value.name}`);
      return;
    case 'selectExpr':
      return deeper(value.operand);
    case 'callExpr':
      if (!OPERATORS.has(value.function) && ENV.funcs.find(value.function) === undefined)
        throw new Error(`there is no function ${value.function}`);
      deeper(value.target);
      return value.args.forEach((arg) => deeper(arg));
    case 'listExpr':
      return value.elements.forEach((element) => deeper(element));
    case 'structExpr':
      if (value.messageName !== '') throw new Error(`there is no type ${value.messageName}`);
      for (const entry of value.entries) {
        if (entry.keyKind.case === 'mapKey') deeper(entry.keyKind.value);
        deeper(entry.value);
      }
      return;
    case 'comprehensionExpr': {
      deeper(value.iterRange);
      deeper(value.accuInit);
      const inside = new Set([...names, value.iterVar, value.accuVar]);
      for (const part of [value.loopCondition, value.loopStep, value.result]) deeper(part, inside);
      if (value.iterRange !== undefined) value.iterRange = priced(value.iterRange);
      return;
    }
    case 'constExpr':
    case undefined:
      return;
  }
}

function priced(range: Expr): Expr {
  const call = { $typeName: 'cel.expr.Expr.Call' as const, function: RANGE, args: [range] };
  return { $typeName: 'cel.expr.Expr', id: range.id, exprKind: { case: 'callExpr', value: call } };
}

/** Refuses what can only answer with something else, e.g. `args.amount + 1`. */
function mayBeBoolean(expr: Expr | undefined): boolean {
  if (expr === undefined) return false;
  const { case: kind, value } = expr.exprKind;
  switch (kind) {
    case 'constExpr':
      return value.constantKind.case === 'boolValue';
    case 'identExpr':
    case 'listExpr':
    case 'structExpr':
      return false;
    case 'callExpr': {
      if (value.function === '_?_:_') return mayBeBoolean(value.args[1]) && mayBeBoolean(value.args[2]);
      if (OPERATORS.has(value.function)) return true;
      return [...(ENV.funcs.find(value.function) ?? [])].some(
        ({ result }) => result === CelScalar.BOOL || result === DYN,
      );
    }
    case 'comprehensionExpr':
      return value.accuInit?.exprKind.case !== 'listExpr' || value.result?.exprKind.case !== 'identExpr';
    case 'selectExpr':
    case undefined:
      return true;
  }
}
