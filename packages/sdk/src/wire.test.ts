import type {
  EvaluationAnswer,
  EvaluationBody,
  OutcomeReport,
  UngovernedReport,
} from '@reeve/policy/contract';
import { expectTypeOf, it } from 'vitest';
import type * as wire from './wire.js';

/** Readonly throughout, and without the members that have no name. */
type Loose<T> = T extends readonly (infer One)[]
  ? readonly Loose<One>[]
  : T extends object
    ? { readonly [K in keyof T as string extends K ? never : K]: Loose<T[K]> }
    : T;

it('what can be said here, the contract takes; what the contract answers, is understood here', () => {
  expectTypeOf<wire.EvaluationBody>().toExtend<Loose<EvaluationBody>>();
  expectTypeOf<Loose<EvaluationAnswer>['context']>().toExtend<wire.AnswerContext>();
  expectTypeOf<wire.AnswerContext['effect']>().toEqualTypeOf<EvaluationAnswer['context']['effect']>();
  expectTypeOf<wire.AnswerContext['mode']>().toEqualTypeOf<EvaluationAnswer['context']['mode']>();
  expectTypeOf<keyof wire.AnswerContext>().toEqualTypeOf<keyof EvaluationAnswer['context']>();
  expectTypeOf<keyof wire.OutcomeReport>().toEqualTypeOf<keyof OutcomeReport>();
  expectTypeOf<keyof wire.UngovernedReport>().toEqualTypeOf<keyof UngovernedReport>();
  expectTypeOf<wire.UngovernedReport['status']>().toEqualTypeOf<UngovernedReport['status']>();
  expectTypeOf<wire.UngovernedReport['cause']>().toEqualTypeOf<UngovernedReport['cause']>();
  expectTypeOf<wire.OutcomeReport['status']>().toEqualTypeOf<OutcomeReport['status']>();
});
