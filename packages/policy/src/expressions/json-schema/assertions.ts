/** Keywords that look at a value and at nothing else in the schema (JSON Schema Validation 2020-12). */
import type { Json, JsonObject } from '../../vocabulary.js';
import { canonical } from '../canonical.js';
import { characters } from '../characters.js';
import { isMultiple } from '../decimal.js';
import { FORMATS } from '../formats.js';
import { charge, chargeText } from '../meter.js';
import type { Assertion } from './node.js';
import { within } from './report.js';
import type { Keyword, KeywordPlace } from './keyword.js';

/** An assertion about values of one kind; the others fit. */
function about<T extends Json>(
  is: (value: Json) => value is T,
  holds: (value: T) => boolean,
  message: string,
): Assertion {
  return (value, place, errors) => {
    if (!is(value) || holds(value)) return true;
    errors?.add(place, message);
    return false;
  };
}

export const isNumber = (value: Json): value is number => typeof value === 'number';
export const isText = (value: Json): value is string => typeof value === 'string';
export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: Json) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  number: isNumber,
  string: isText,
  array: isList,
  object: isObject,
};

const compared =
  (holds: (value: number, limit: number) => boolean, sign: string): Keyword =>
  (limit, at) => {
    if (!isNumber(limit)) throw at.error('must be a number');
    return about(isNumber, (value) => holds(value, limit), `must be ${sign} ${limit}`);
  };

/** `what` of a value may not be more or fewer than a count. */
const counted =
  <T extends Json>(
    is: (value: Json) => value is T,
    count: (value: T, limit: number) => number,
    most: boolean,
    what: string,
  ): Keyword =>
  (limit, at) => {
    const wanted = wholeNumber(limit, at);
    const message = `must NOT have ${most ? 'more' : 'fewer'} than ${wanted} ${what}`;
    return about(
      is,
      (value) => (most ? count(value, wanted) <= wanted : count(value, wanted) >= wanted),
      message,
    );
  };

export function wholeNumber(value: Json, at: KeywordPlace): number {
  if (!isNumber(value) || !Number.isInteger(value) || value < 0)
    throw at.error('must be a whole number, 0 at least');
  return value;
}

/** Characters are one or two of JavaScript's; they are counted only when that could make a difference. */
const length = (value: string, limit: number): number =>
  value.length < limit || value.length > 2 * limit ? value.length : (chargeText(value), characters(value));
const nameCount = (value: JsonObject) => {
  const { length: count } = Object.keys(value);
  charge(count >> 2);
  return count;
};

export const ASSERTIONS: Readonly<Record<string, Keyword>> = {
  type(types, at, schema) {
    const names = (isList(types) ? types : [types]).map(String);
    if (schema['nullable'] === true) names.push('null');
    const tests = names.map((name) => {
      if (!Object.hasOwn(TYPES, name)) throw at.error(`${name} is not a type of JSON Schema`);
      return TYPES[name]!;
    });
    if (tests.length === 0) throw at.error('must name a type');
    const message = `must be ${names.join(',')}`;
    const [only] = tests;
    const holds = tests.length === 1 ? only! : (value: Json) => tests.some((test) => test(value));
    return (value, place, errors) => {
      if (holds(value)) return true;
      errors?.add(place, message);
      return false;
    };
  },
  nullable(value, at, schema) {
    if (typeof value !== 'boolean') throw at.error('must be true or false');
    if (!Object.hasOwn(schema, 'type')) throw at.error('says nothing without a type');
    return null;
  },
  enum(members, at) {
    if (!isList(members) || members.length === 0) throw at.error('must be a list of values');
    at.names(members.length);
    return oneOf(members, `must be one of ${JSON.stringify(members).slice(0, 500)}`);
  },
  const: (member) => oneOf([member], `must be ${JSON.stringify(member).slice(0, 500)}`),

  minimum: compared((value, limit) => value >= limit, '>='),
  maximum: compared((value, limit) => value <= limit, '<='),
  exclusiveMinimum: compared((value, limit) => value > limit, '>'),
  exclusiveMaximum: compared((value, limit) => value < limit, '<'),
  multipleOf(divisor, at) {
    if (!isNumber(divisor) || !(divisor > 0)) throw at.error('must be a number above 0');
    return about(isNumber, (value) => isMultiple(value, divisor), `must be multiple of ${divisor}`);
  },

  minLength: counted(isText, length, false, 'characters'),
  maxLength: counted(isText, length, true, 'characters'),
  pattern(source, at) {
    const pattern = at.pattern(source);
    return about(isText, (value) => pattern.test(value), `must match pattern ${JSON.stringify(source)}`);
  },
  format(name, at) {
    if (!isText(name)) throw at.error('must be a name');
    const format = FORMATS.get(name);
    if (format === undefined) throw at.error(`there is no format ${name.slice(0, 100)}`);
    const holds = format.test as (value: Json) => boolean;
    const is = format.on === 'string' ? isText : isNumber;
    return about<string | number>(is, holds, `must match format "${name}"`);
  },

  minItems: counted(isList, (value) => value.length, false, 'items'),
  maxItems: counted(isList, (value) => value.length, true, 'items'),
  uniqueItems(wanted, at) {
    if (typeof wanted !== 'boolean') throw at.error('must be true or false');
    if (!wanted) return null;
    const unique = (items: readonly Json[]) => new Set(items.map(canonical)).size === items.length;
    return about(isList, unique, 'must not have an item twice');
  },

  minProperties: counted(isObject, nameCount, false, 'properties'),
  maxProperties: counted(isObject, nameCount, true, 'properties'),
  required(names, at) {
    const wanted = texts(names, at);
    return (value, place, errors) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const name of wanted) {
        if (Object.hasOwn(value, name)) continue;
        if (errors === null) return false;
        all = false;
        errors.add(within(name, place), 'is required');
      }
      return all;
    };
  },
  dependentRequired(dependencies, at) {
    if (!isObject(dependencies)) throw at.error('must be an object');
    const entries = Object.entries(dependencies).map(([name, names]) => [name, texts(names, at)] as const);
    return (value, place, errors) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const [name, wanted] of entries) {
        if (!Object.hasOwn(value, name)) continue;
        for (const other of wanted) {
          if (Object.hasOwn(value, other)) continue;
          if (errors === null) return false;
          all = false;
          errors.add(within(other, place), `is required where ${name.slice(0, 100)} is`);
        }
      }
      return all;
    };
  },
};

function texts(value: Json, at: KeywordPlace): readonly string[] {
  if (!isList(value) || !value.every(isText)) throw at.error('must be a list of names');
  at.names(value.length);
  at.looksUp(value.length);
  return value;
}

/** Scalars are looked up as they are, everything else by its canonical text. */
function oneOf(members: readonly Json[], message: string): Assertion {
  const scalars = new Set(members.filter((member) => typeof member !== 'object' || member === null));
  const compounds = new Set(
    members.filter((member) => typeof member === 'object' && member !== null).map(canonical),
  );
  return (value, place, errors) => {
    const known =
      typeof value === 'object' && value !== null
        ? compounds.size > 0 && compounds.has(canonical(value))
        : scalars.has(value);
    if (!known) errors?.add(place, message);
    return known;
  };
}
