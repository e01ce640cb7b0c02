/**
 * Comparisons of members with literals or with one another, and what `&&`, `||` and `!` make of them: most conditions are
 * nothing else. They are answered here in a twentieth of the library's time, with its answers and at its price
 * (direct.test.ts holds the two against each other). What is not as plain as that when it is asked, an absent member or a
 * comparison of unlike things, is the library's to answer.
 */
import { priceOfText, type Meter } from '../meter.js';
import { CALL } from './environment.js';
import { JsonMap } from './json.js';
import type { Expr } from './rewrite.js';
import { isVariable, type Variables } from './variables.js';

/** undefined: not to be answered here, and then `bill` means nothing. Pays whatever it leaves. */
export type Direct = (variables: Variables, bill: Meter) => boolean | undefined;

type Scalar = string | number | boolean | null;
type Operand = (variables: Variables) => Scalar | undefined;

/** null: not an expression of this kind. */
export function directly(expr: Expr | undefined): Direct | null {
  if (expr?.exprKind.case !== 'callExpr') {
    const member = operandOf(expr);
    return member === null ? null : (variables) => boolean(member(variables));
  }
  const { function: name, target, args } = expr.exprKind.value;
  if (target !== undefined) return null;
  if (name === '_&&_' || name === '_||_') return junction(args.map(directly), name === '_||_');
  if (name === '!_') return negation(directly(args[0]));
  const comparison = COMPARISONS.get(name);
  const [left, right] = args.map(operandOf);
  if (comparison === undefined || left == null || right == null) return null;
  return comparison(left, right);
}

/** The library asks what follows an argument without an answer; here that is not an answer at all. */
function junction(args: readonly (Direct | null)[], settles: boolean): Direct | null {
  if (!args.every((arg) => arg !== null)) return null;
  return (variables, bill) => {
    for (const arg of args) {
      const answer = arg(variables, bill);
      if (answer === undefined || answer === settles) return answer;
    }
    return !settles;
  };
}

function negation(of: Direct | null): Direct | null {
  if (of === null) return null;
  return (variables, bill) => {
    const answer = of(variables, bill);
    if (answer === undefined) return undefined;
    bill.left -= CALL;
    return !answer;
  };
}

type Comparison = (left: Operand, right: Operand) => Direct;

const equality =
  (wanted: boolean): Comparison =>
  (left, right) =>
  (variables, bill) => {
    const a = left(variables);
    const b = right(variables);
    if (a === undefined || b === undefined) return undefined;
    bill.left -= CALL + 2 + lookedAt(a) + lookedAt(b);
    return (a === b) === wanted;
  };

const order =
  (holds: (a: string | number, b: string | number) => boolean): Comparison =>
  (left, right) =>
  (variables, bill) => {
    const a = left(variables);
    const b = right(variables);
    if (typeof a === 'number' && typeof b === 'number') bill.left -= CALL;
    else if (typeof a === 'string' && typeof b === 'string')
      bill.left -= CALL + priceOfText(a) + priceOfText(b);
    else return undefined;
    return holds(a, b);
  };

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['_==_', equality(true)],
  ['_!=_', equality(false)],
  ['_<_', order((a, b) => a < b)],
  ['_<=_', order((a, b) => a <= b)],
  ['_>_', order((a, b) => a > b)],
  ['_>=_', order((a, b) => a >= b)],
]);

/** The price of a look at it, as `surface` has it (environment.ts). */
const lookedAt = (value: Scalar): number => (typeof value === 'string' ? priceOfText(value) : 0);

const boolean = (value: Scalar | undefined): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** A literal, or a member of a variable. */
function operandOf(expr: Expr | undefined): Operand | null {
  if (expr?.exprKind.case === 'constExpr') {
    const { case: kind, value } = expr.exprKind.value.constantKind;
    switch (kind) {
      case 'stringValue':
      case 'doubleValue':
      case 'boolValue':
        return () => value;
      case 'int64Value': {
        const number = Number(value);
        return Number.isSafeInteger(number) ? () => number : null;
      }
      default:
        return null;
    }
  }
  const path: string[] = [];
  let at = expr;
  while (at?.exprKind.case === 'selectExpr' && !at.exprKind.value.testOnly) {
    path.unshift(at.exprKind.value.field);
    at = at.exprKind.value.operand;
  }
  return at?.exprKind.case === 'identExpr' ? memberOf(at.exprKind.value.name, path) : null;
}

function memberOf(variable: string, path: readonly string[]): Operand | null {
  if (!isVariable(variable)) return null;
  return (variables) => {
    let value: unknown = variables[variable];
    for (const name of path) {
      if (!(value instanceof JsonMap)) return undefined;
      value = value.get(name);
    }
    return isScalar(value) ? value : undefined;
  };
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
