/** Keywords that apply other schemas to a value or to what is in it (JSON Schema Core 2020-12, 10 and 11). */
import type { Json, JsonObject } from '../../vocabulary.js';
import { charge } from '../meter.js';
import type { Pattern } from '../pattern.js';
import { isList, isObject, wholeNumber } from './assertions.js';
import type { Keyword } from './keyword.js';
import type { Assertion, Node } from './node.js';
import { within } from './report.js';

const FITS: Assertion = () => true;

const members = (value: JsonObject): string[] => {
  const names = Object.keys(value);
  charge(1 + (names.length >> 1));
  return names;
};

/** The verdict of another schema on the same value. */
const same =
  (node: Node): Assertion =>
  (value, place, errors, seen) =>
    node.fits(value, place, errors, seen);

const reference: Keyword = (target, at) => same(at.reference(target));

/** In the order in which they are asked; those that ask what the others have looked at come last. */
export const APPLICATORS: Readonly<Record<string, Keyword>> = {
  $ref: reference,
  // A schema is one resource here, in which a dynamic reference leads where any other would.
  $dynamicRef: reference,

  allOf(schemas, at) {
    const nodes = at.inPlaceList(schemas);
    return (value, place, errors, seen) => {
      let all = true;
      for (const node of nodes) {
        if (node.fits(value, place, errors, seen)) continue;
        if (errors === null) return false;
        all = false;
      }
      return all;
    };
  },
  anyOf(schemas, at) {
    const nodes = at.inPlaceList(schemas);
    return (value, place, errors, seen) => {
      const mark = errors?.all.length ?? 0;
      let any = false;
      for (const node of nodes) {
        if (!node.fits(value, place, errors, seen)) continue;
        any = true;
        // Each branch that fits has looked at something.
        if (seen === null) break;
      }
      if (any) errors?.back(mark);
      else errors?.add(place, 'must match a schema in anyOf');
      return any;
    };
  },
  oneOf(schemas, at) {
    const nodes = at.inPlaceList(schemas);
    return (value, place, errors, seen) => {
      const mark = errors?.all.length ?? 0;
      let fitting = 0;
      for (const node of nodes) {
        if (!node.fits(value, place, errors, seen)) continue;
        fitting += 1;
        if (fitting > 1) break;
      }
      if (fitting > 0) errors?.back(mark);
      if (fitting !== 1) errors?.add(place, 'must match exactly one schema in oneOf');
      return fitting === 1;
    };
  },
  not(schema, at) {
    const node = at.inPlace(schema);
    return (value, place, errors) => {
      if (!node.fits(value, place, null, null)) return true;
      errors?.add(place, 'must NOT be valid');
      return false;
    };
  },
  if(schema, at, { then, else: otherwise }) {
    const condition = at.inPlace(schema);
    if (then === undefined && otherwise === undefined) throw at.error('says nothing without then or else');
    const [yes, no] = [
      then === undefined ? FITS : at.beside('then').inPlace(then).fits,
      otherwise === undefined ? FITS : at.beside('else').inPlace(otherwise).fits,
    ];
    return (value, place, errors, seen) =>
      (condition.fits(value, place, null, seen) ? yes : no)(value, place, errors, seen);
  },
  dependentSchemas(schemas, at) {
    const entries = at.inPlaceNamed(schemas);
    return (value, place, errors, seen) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const [name, node] of entries) {
        if (!Object.hasOwn(value, name) || node.fits(value, place, errors, seen)) continue;
        if (errors === null) return false;
        all = false;
      }
      return all;
    };
  },

  prefixItems(schemas, at) {
    const nodes = at.list(schemas);
    return (value, place, errors, seen) => {
      if (!isList(value)) return true;
      const count = Math.min(nodes.length, value.length);
      if (seen !== null) seen.upTo = Math.max(seen.upTo, count);
      let all = true;
      for (let i = 0; i < count; i++) {
        if (nodes[i]!.fits(value[i]!, within(i, place), errors, null)) continue;
        if (errors === null) return false;
        all = false;
      }
      return all;
    };
  },
  items(schema, at, { prefixItems }) {
    const node = at.one(schema);
    const from = prefixItems !== undefined && isList(prefixItems) ? prefixItems.length : 0;
    return (value, place, errors, seen) => {
      if (!isList(value)) return true;
      if (seen !== null) seen.upTo = Math.max(seen.upTo, value.length);
      let all = true;
      for (let i = from; i < value.length; i++) {
        if (node.fits(value[i]!, within(i, place), errors, null)) continue;
        if (errors === null) return false;
        all = false;
      }
      return all;
    };
  },
  contains(schema, at, { minContains = 1, maxContains }) {
    const node = at.one(schema);
    const least = wholeNumber(minContains, at.beside('minContains'));
    const most = maxContains === undefined ? Infinity : wholeNumber(maxContains, at.beside('maxContains'));
    const message =
      most === Infinity
        ? `must contain at least ${least} valid item(s)`
        : `must contain at least ${least} and no more than ${most} valid item(s)`;
    return (value, place, errors, seen) => {
      if (!isList(value)) return true;
      let count = 0;
      for (let i = 0; i < value.length; i++) {
        if (!node.fits(value[i]!, null, null, null)) continue;
        count += 1;
        seen?.items.add(i);
      }
      if (count >= least && count <= most) return true;
      errors?.add(place, message);
      return false;
    };
  },

  properties(schemas, at) {
    const entries = at.named(schemas);
    return (value, place, errors, seen) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const [name, node] of entries) {
        if (!Object.hasOwn(value, name)) continue;
        seen?.names.add(name);
        if (node.fits(value[name]!, within(name, place), errors, null)) continue;
        if (errors === null) return false;
        all = false;
      }
      return all;
    };
  },
  patternProperties(schemas, at) {
    const entries = at.named(schemas).map(([source, node]) => [at.pattern(source, source), node] as const);
    return (value, place, errors, seen) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const name of members(value))
        for (const [pattern, node] of entries) {
          if (!pattern.test(name)) continue;
          seen?.names.add(name);
          if (node.fits(value[name]!, within(name, place), errors, null)) continue;
          if (errors === null) return false;
          all = false;
        }
      return all;
    };
  },
  additionalProperties(schema, at, { properties, patternProperties }) {
    const node = at.one(schema);
    const known = new Set(isObject(properties ?? null) ? Object.keys(properties as JsonObject) : []);
    const patterns: Pattern[] = isObject(patternProperties ?? null)
      ? Object.keys(patternProperties as JsonObject).map((source) =>
          at.beside('patternProperties').pattern(source, source),
        )
      : [];
    return (value, place, errors, seen) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const name of members(value)) {
        if (known.has(name) || patterns.some((pattern) => pattern.test(name))) continue;
        seen?.names.add(name);
        if (rest(schema, node, value[name]!, name, place, errors)) continue;
        if (errors === null) return false;
        all = false;
      }
      return all;
    };
  },
  propertyNames(schema, at) {
    const node = at.one(schema);
    return (value, place, errors) => {
      if (!isObject(value)) return true;
      let all = true;
      for (const name of members(value)) {
        if (node.fits(name, null, null, null)) continue;
        if (errors === null) return false;
        all = false;
        errors.add(within(name, place), 'is not a name that may stand here');
      }
      return all;
    };
  },

  unevaluatedItems(schema, at) {
    const node = at.afterAll(schema);
    return (value, place, errors, seen) => {
      if (!isList(value) || seen === null) return true;
      let all = true;
      for (let i = seen.upTo; i < value.length; i++) {
        charge(1);
        if (seen.items.has(i) || node.fits(value[i]!, within(i, place), errors, null)) continue;
        if (errors === null) return false;
        all = false;
      }
      seen.upTo = value.length;
      return all;
    };
  },
  unevaluatedProperties(schema, at) {
    const node = at.afterAll(schema);
    return (value, place, errors, seen) => {
      if (!isObject(value) || seen === null || seen.allNames) return true;
      let all = true;
      for (const name of members(value)) {
        if (seen.names.has(name) || rest(schema, node, value[name]!, name, place, errors)) continue;
        if (errors === null) return false;
        all = false;
      }
      seen.allNames = true;
      return all;
    };
  },
};

/** A member that nothing names. */
function rest(
  schema: Json,
  node: Node,
  value: Json,
  name: string,
  place: Parameters<Assertion>[1],
  errors: Parameters<Assertion>[2],
): boolean {
  if (schema !== false) return node.fits(value, within(name, place), errors, null);
  errors?.add(within(name, place), 'is not an argument of this tool');
  return false;
}
