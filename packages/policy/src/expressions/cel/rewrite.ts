/**
 * The form an expression takes before it is planned: refused where nobody could answer it or bound it, with the place
 * in the text; and with a price on each turn of its comprehensions, which are its only loops.
 */
import { CelScalar, parse, type CelEnv } from '@bufbuild/cel';
import { ExpressionError } from '../expression-error.js';
import { compilePattern, type Pattern } from '../pattern.js';
import { PATTERN } from '../program-size.js';
import { HAS, TURN } from './environment.js';

type Parsed = ReturnType<typeof parse>;
export type Expr = NonNullable<Parsed['expr']>;
type Call = Extract<Expr['exprKind'], { case: 'callExpr' }>['value'];

export const EXPRESSION = { depthMax: 64, patternsMax: 50, instructionsMax: 20_000 } as const;

export interface Rewritten {
  readonly expr: Expr;
  /** The cost of asking it once, turns aside. */
  readonly cost: number;
  readonly patterns: ReadonlyMap<string, Pattern>;
}

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
const ARITHMETIC = new Set(['_+_', '_-_', '_*_', '_%_', '_/_', '-_']);
/** The cost of a node, calls aside. */
const NODE = 1;

/** Throws an ExpressionError. `variables` are the names that mean something. */
export function rewrite(source: string, variables: readonly string[], env: CelEnv): Rewritten {
  const parsed = parseShort(source);
  if (parsed.expr === undefined) throw new ExpressionError('the expression is empty');
  const walk = new Walk(parsed, env);
  const cost = walk.price(parsed.expr, new Set(variables), 0);
  return { expr: parsed.expr, cost, patterns: walk.patterns };
}

function parseShort(source: string): Parsed {
  if (bracketDepth(source) > EXPRESSION.depthMax)
    throw new ExpressionError('the expression is nested too deeply');
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError('the expression is nested too deeply');
    throw new ExpressionError(error instanceof Error ? error.message : String(error));
  }
}

/** Of parentheses, lists and maps outside of texts: what makes the parser try again and again. */
function bracketDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (character === '"' || character === "'") {
      const quote = source.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      const raw = source[at - 1]?.toLowerCase() === 'r';
      at += quote.length;
      while (at < source.length && !source.startsWith(quote, at)) at += source[at] === '\\' && !raw ? 2 : 1;
      at += quote.length - 1;
    } else if ('([{'.includes(character)) deepest = Math.max(deepest, ++depth);
    else if (')]}'.includes(character)) depth--;
  }
  return deepest;
}

class Walk {
  readonly patterns = new Map<string, Pattern>();
  private instructions = 0;

  constructor(
    private readonly parsed: Parsed,
    private readonly env: CelEnv,
  ) {}

  /** Changes the expression on its way, and says what its nodes cost. */
  price(expr: Expr | undefined, names: ReadonlySet<string>, depth: number): number {
    if (expr === undefined) return 0;
    if (depth > EXPRESSION.depthMax) throw this.error(expr, 'the expression is nested too deeply');
    const inside = (inner: Expr | undefined, scope = names) => this.price(inner, scope, depth + 1);
    const sum = (inner: readonly (Expr | undefined)[]) =>
      inner.reduce((total, one) => total + inside(one), NODE);
    const { case: kind, value } = expr.exprKind;
    switch (kind) {
      case 'identExpr':
        if (!names.has(value.name) && !TYPES.has(value.name))
          throw this.error(expr, `there is no variable ${value.name}`);
        return NODE;
      case 'selectExpr': {
        const cost = sum([value.operand]);
        if (value.testOnly && value.operand !== undefined)
          expr.exprKind = call(HAS, [value.operand, literal({ case: 'stringValue', value: value.field })]);
        return cost;
      }
      case 'callExpr':
        this.knownCall(expr, value);
        return sum([value.target, ...value.args]);
      case 'listExpr':
        return sum(value.elements);
      case 'structExpr':
        if (value.messageName !== '') throw this.error(expr, `there is no type ${value.messageName}`);
        return sum(
          value.entries.flatMap((entry) => [
            entry.keyKind.case === 'mapKey' ? entry.keyKind.value : undefined,
            entry.value,
          ]),
        );
      case 'comprehensionExpr': {
        const outside = sum([value.iterRange, value.accuInit]);
        const scope = new Set([...names, value.iterVar, value.accuVar]);
        const turn = NODE + inside(value.loopCondition, scope) + inside(value.loopStep, scope);
        if (value.loopCondition !== undefined)
          value.loopCondition = {
            $typeName: 'cel.expr.Expr',
            id: expr.id,
            exprKind: call(TURN, [value.loopCondition, literal({ case: 'int64Value', value: BigInt(turn) })]),
          };
        return outside + inside(value.result, scope);
      }
      case 'constExpr':
      case undefined:
        return NODE;
    }
  }

  private knownCall(expr: Expr, { function: name, target, args }: Call): void {
    if (!OPERATORS.has(name) && (name.startsWith('@') ? name !== '@in' : false))
      throw this.error(expr, `there is no function ${name}`);
    if (!OPERATORS.has(name) && this.env.funcs.find(name) === undefined)
      throw this.error(expr, `there is no function ${name}`);
    if (name === '_/_' && args.every(isInteger) && mayLeaveRest(args))
      throw this.error(expr, 'this divides integers, which drops the rest: write 2.0 for 2, or int(a / 2.0)');
    if (name === 'matches') this.pattern(expr, target === undefined ? args[1] : args[0]);
  }

  private pattern(expr: Expr, source: Expr | undefined): void {
    const constant = source?.exprKind.case === 'constExpr' ? source.exprKind.value.constantKind : undefined;
    if (constant?.case !== 'stringValue')
      throw this.error(source ?? expr, 'the pattern of matches must be a literal text');
    if (this.patterns.has(constant.value)) return;
    if (constant.value.length > PATTERN.lengthMax)
      throw this.error(source!, `the pattern is longer than ${PATTERN.lengthMax} characters`);
    try {
      const pattern = compilePattern(constant.value);
      this.patterns.set(constant.value, pattern);
      this.instructions += pattern.weight;
    } catch (error) {
      throw this.error(source!, error instanceof Error ? error.message : String(error));
    }
    if (this.patterns.size > EXPRESSION.patternsMax || this.instructions > EXPRESSION.instructionsMax)
      throw this.error(source!, 'the patterns of this expression are too many or too large');
  }

  private error({ id }: Expr, message: string): ExpressionError {
    const offset = this.parsed.sourceInfo?.positions[String(id)];
    return new ExpressionError(offset === undefined ? message : `${message} (at character ${offset + 1})`);
  }
}

/** Two literals say by themselves whether they do. */
function mayLeaveRest(args: readonly Expr[]): boolean {
  const [left, right] = args.map(({ exprKind }) =>
    exprKind.case === 'constExpr' && exprKind.value.constantKind.case === 'int64Value'
      ? exprKind.value.constantKind.value
      : null,
  );
  if (left == null || right == null) return true;
  return right !== 0n && left % right !== 0n;
}

/** Certainly one, whatever is asked. What a question holds is none: its numbers are doubles. */
function isInteger(expr: Expr): boolean {
  const { case: kind, value } = expr.exprKind;
  if (kind === 'constExpr') return value.constantKind.case === 'int64Value';
  if (kind !== 'callExpr') return false;
  if (ARITHMETIC.has(value.function)) return value.args.every(isInteger);
  return value.function === 'size' || value.function === 'int' || value.function.startsWith('get');
}

const call = (name: string, args: Expr[]): Extract<Expr['exprKind'], { case: 'callExpr' }> => ({
  case: 'callExpr',
  value: { $typeName: 'cel.expr.Expr.Call', function: name, args },
});

type Constant = Extract<Expr['exprKind'], { case: 'constExpr' }>['value']['constantKind'];
const literal = (constantKind: Constant): Expr => ({
  $typeName: 'cel.expr.Expr',
  id: 0n,
  exprKind: { case: 'constExpr', value: { $typeName: 'cel.expr.Constant', constantKind } },
});

/** Refuses what can only answer with something else, e.g. `args.amount + 1`. */
export function mayBeBoolean(expr: Expr | undefined, env: CelEnv): boolean {
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
      if (value.function === '_?_:_')
        return mayBeBoolean(value.args[1], env) && mayBeBoolean(value.args[2], env);
      if (OPERATORS.has(value.function)) return true;
      return [...(env.funcs.find(value.function) ?? [])].some(
        ({ result }) => result === CelScalar.BOOL || result === CelScalar.DYN,
      );
    }
    case 'comprehensionExpr':
      return value.accuInit?.exprKind.case !== 'listExpr' || value.result?.exprKind.case !== 'identExpr';
    case 'selectExpr':
    case undefined:
      return true;
  }
}
