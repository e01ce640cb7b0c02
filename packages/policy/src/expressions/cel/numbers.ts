/**
 * Numbers. JSON has one kind and CEL three, so what stands in a question is a double, whatever its value, and a literal
 * is what its author wrote. The operators take the two together and give a double. Conversions as in the specification.
 */
import { celFunc, CelScalar, celUint } from '@bufbuild/cel';

const { DOUBLE, INT, STRING, UINT } = CelScalar;

const INT_MAX = 9223372036854775807n;
const UINT_MAX = 18446744073709551615n;
/** Of a 64-bit integer's digits there are twenty, of a double's text some hundreds. */
const TEXT_MAX = 400;

/** Arithmetic whose answer is no number has no answer: `!(x > 100.0)` would hold for it. */
function number(value: number, ...of: readonly number[]): number {
  if (Number.isNaN(value) && !of.some(Number.isNaN)) throw new Error('the result is not a number');
  return value;
}

/** By zero there is no answer, which an infinity would hide from a comparison. */
function quotient(left: number, right: number): number {
  if (right === 0) throw new Error('divide by zero');
  return number(left / right, left, right);
}

function remainder(left: number, right: number): number {
  if (right === 0) throw new Error('modulus by zero');
  return number(left % right, left, right);
}

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '_+_': (left, right) => number(left + right, left, right),
  '_-_': (left, right) => number(left - right, left, right),
  '_*_': (left, right) => number(left * right, left, right),
  '_/_': quotient,
  '_%_': remainder,
};

/** The rest is never dropped in silence: an author who wants it dropped says `int(a / 2.0)`. */
function divided(left: bigint, right: bigint, max = INT_MAX): bigint {
  if (right === 0n) throw new Error('divide by zero');
  if (left % right !== 0n) throw new Error('a division of integers that leaves a rest');
  if (left / right > max) throw new Error('int overflow');
  return left / right;
}

function integer(text: string, signed: boolean): bigint {
  if (text.length > TEXT_MAX || !(signed ? /^[+-]?[0-9]+$/ : /^[0-9]+$/).test(text))
    throw new Error('the text is no integer');
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (signed ? value > INT_MAX || value < -INT_MAX - 1n : value > UINT_MAX) throw new Error('range error');
  return value;
}

function double(text: string): number {
  if (text.length > TEXT_MAX || !/^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text))
    throw new Error('the text is no number');
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error('range error');
  return value;
}

export const NUMBERS = [
  ...Object.entries(OPERATORS).flatMap(([name, apply]) => [
    // The specification has no rest of two doubles.
    ...(name === '_%_' ? [] : [celFunc(name, [DOUBLE, DOUBLE], DOUBLE, apply)]),
    celFunc(name, [INT, DOUBLE], DOUBLE, (left, right) => apply(Number(left), right)),
    celFunc(name, [DOUBLE, INT], DOUBLE, (left, right) => apply(left, Number(right))),
  ]),
  celFunc('_/_', [INT, INT], INT, (left, right) => divided(left, right)),
  celFunc('_/_', [UINT, UINT], UINT, (left, right) => celUint(divided(left.value, right.value, UINT_MAX))),
  celFunc('int', [STRING], INT, (text) => integer(text, true)),
  celFunc('uint', [STRING], UINT, (text) => celUint(integer(text, false))),
  celFunc('double', [STRING], DOUBLE, double),
];
