/**
 * Conditions: CEL expressions, compiled once per policy and asked for yes or no.
 *
 * Promises:
 * - total: an expression answers true or false or is unanswerable (`undefined`); it never throws;
 * - bounded: each node, turn, text and pattern is paid for out of the decision's meter, and an expression that has
 *   emptied it has no answer, whatever it says;
 * - pure: CEL's standard functions only; `now` is a variable, not a clock; no zone but the one that is named.
 */
import { plan } from '@bufbuild/cel';
import { ExpressionError } from '../expression-error.js';
import { charge, newMeter, payFrom, unmetered, type Meter } from '../meter.js';
import { remembered } from '../remembered.js';
import { directly, type Direct } from './direct.js';
import { environment, matchWith } from './environment.js';
import { mayBeBoolean, rewrite } from './rewrite.js';
import { VARIABLES, type Variables } from './variables.js';

export interface Condition {
  readonly source: string;
  /** undefined: it cannot be answered with a boolean. Several conditions of one decision share a meter. */
  ask(variables: Variables, meter?: Meter): boolean | undefined;
}

/** With what it takes of the memory, in bytes and roughly. */
export interface CompiledCondition extends Condition {
  readonly bytes: number;
}

const ENV = environment();
/** Standard in every engine that runs this, and in no standard. */
const STACKS = Error as ErrorConstructor & { stackTraceLimit?: number | undefined };

/** Throws an ExpressionError whose message says what is wrong with the expression, and at which character. */
export const compileCondition = remembered(
  32 << 20,
  (source): CompiledCondition =>
    unmetered(() => {
      const { expr, cost, patterns } = rewrite(source, VARIABLES, ENV);
      if (!mayBeBoolean(expr, ENV))
        throw new ExpressionError('the expression does not answer with a boolean');
      const answerOf = plan(ENV, expr);
      const direct = directly(expr);
      const patternBytes = [...patterns.values()].reduce((sum, { bytes }) => sum + bytes, 0);
      return {
        source,
        // A node of a plan holds some hundred times its text.
        bytes: 150 * source.length + patternBytes,
        ask(variables, meter = newMeter()) {
          const bill = { left: meter.left - cost };
          const known = direct === null ? undefined : answered(direct, variables, bill);
          if (known !== undefined) {
            meter.left = bill.left;
            return meter.left >= 0 ? known : undefined;
          }
          payFrom(meter);
          matchWith(patterns);
          // An error is an answer here, one for each turn perhaps, and its stack would cost more than all else.
          const { stackTraceLimit } = STACKS;
          STACKS.stackTraceLimit = 0;
          try {
            charge(cost);
            const answer = answerOf(variables);
            // An empty meter is not an error that `||` could make up for.
            return typeof answer === 'boolean' && meter.left >= 0 ? answer : undefined;
          } catch {
            return undefined;
          } finally {
            STACKS.stackTraceLimit = stackTraceLimit;
          }
        },
      };
    }),
  ({ bytes }) => bytes,
);

function answered(direct: Direct, variables: Variables, bill: Meter): boolean | undefined {
  try {
    return direct(variables, bill);
  } catch {
    return undefined;
  }
}

/** A condition that nobody can answer: what a broken expression is once it has passed every check unseen. */
export const unanswerable = (source: string): Condition => ({ source, ask: () => undefined });
