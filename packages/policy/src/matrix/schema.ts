/**
 * A tool's JSON Schema (2020-12) as a function from arguments to what is wrong with them.
 *
 * Promise: bounded, whatever a tenant's schema and a model's arguments are together. Each application of a subschema is
 * counted and the work of one check ends at `BUDGET` (a reference that branches into itself doubles with every level);
 * patterns are RE2; uniqueness is looked up, not compared pair by pair. What is too much work does not fit.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../vocabulary.js';
import { linearRegExp } from './regexp.js';
import { remembered } from './remembered.js';

/** `path` is a JSON Pointer into the arguments; the message quotes the schema, never a value. */
export type ArgumentError = { readonly path: string; readonly message: string };
export type ArgumentCheck = (args: Json) => readonly ArgumentError[];

/** More errors than this teach nobody anything. */
const ERRORS_MAX = 20;
/** Applied subschemas and required names. */
const BUDGET = 20_000;
const NONE: readonly ArgumentError[] = [];
const TOO_MUCH: readonly ArgumentError[] = [{ path: '', message: 'take too long to check' }];

const regExp = Object.assign((pattern: string) => linearRegExp(pattern), { code: 'linearRegExp' });

const OPTIONS: Options = {
  allErrors: true,
  strict: true,
  // A schema may say only what it cares about, as recorded tools do.
  strictRequired: false,
  strictTypes: false,
  strictTuples: false,
  allowUnionTypes: true,
  ownProperties: true,
  logger: false,
  code: { regExp },
};

/** Throws an Error whose message says what is wrong with the schema. Remembered: revisions share most of their tools. */
export const compileSchema = (schema: JsonObject): ArgumentCheck => checkOf(JSON.stringify(schema));

const checkOf = remembered(2_000, (text): ArgumentCheck => {
  // The name of the whole is of no use to anybody; Ajv would keep it, and what it keeps all tenants share.
  const { $id: _, ...nameless } = JSON.parse(text) as JsonObject;
  const schema = metered(nameless) as JsonObject;
  const ajv = compiler();
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(schema);
  } finally {
    ajv.removeSchema(schema);
  }
  return (args) => {
    budget = BUDGET;
    try {
      if (validate(args)) return NONE;
      return (validate.errors ?? []).slice(0, ERRORS_MAX).map(argumentError);
    } catch (error) {
      if (error === EXHAUSTED) return TOO_MUCH;
      throw error;
    }
  };
});

let shared: Ajv2020 | undefined;

/** One for all schemas, made when it is first needed: it compiles the meta-schemas, which takes longer than a tool. */
function compiler(): Ajv2020 {
  if (shared !== undefined) return shared;
  shared = new Ajv2020(OPTIONS);
  addFormats.default(shared);
  shared.removeKeyword('uniqueItems');
  shared.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    validate: allUnique,
  });
  shared.addKeyword({ keyword: WORK, schemaType: 'number', errors: false, validate: charge });
  return shared;
}

function argumentError({ instancePath, keyword, message, params }: ErrorObject): ArgumentError {
  const at = (name: unknown) =>
    `${instancePath}/${String(name).slice(0, 128).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  switch (keyword) {
    case 'required':
      return { path: at(params['missingProperty']), message: 'is required' };
    case 'additionalProperties':
      return { path: at(params['additionalProperty']), message: 'is not an argument of this tool' };
    case 'unevaluatedProperties':
      return { path: at(params['unevaluatedProperty']), message: 'is not an argument of this tool' };
    case 'enum':
      return {
        path: instancePath,
        message: `must be one of ${JSON.stringify(params['allowedValues']).slice(0, 500)}`,
      };
    case 'const':
      return {
        path: instancePath,
        message: `must be ${JSON.stringify(params['allowedValue']).slice(0, 500)}`,
      };
    case 'uniqueItems':
      return { path: instancePath, message: 'must not have an item twice' };
    default:
      return { path: instancePath, message: message ?? `breaks ${keyword}` };
  }
}

// --- what is counted -------------------------------------------------------------------------------------------------

const WORK = 'x-reeve-work';
const EXHAUSTED = new Error('the schema takes too long to check');
let budget = 0;

function charge(units: number): true {
  budget -= units;
  if (budget < 0) throw EXHAUSTED;
  return true;
}

function allUnique(wanted: boolean, items: readonly Json[]): boolean {
  return !wanted || items.length < 2 || new Set(items.map(canonical)).size === items.length;
}

/** Equal JSON gives equal text. */
const canonical = (value: Json): string =>
  JSON.stringify(value, (_, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** `$async`: the answer would be a promise, and a promise is never a no. `$id`: see above. */
const REFUSED = ['$async', '$id'];

/** Where JSON Schema 2020-12 holds subschemas: one, a list of them, or one a name. */
// prettier-ignore
const ONE = new Set([
  'items', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else',
  'unevaluatedItems', 'unevaluatedProperties',
]);
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);

/** The same schema, each of its subschemas saying what one application of it costs. */
function metered(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  for (const refused of REFUSED)
    if (Object.hasOwn(schema, refused)) throw new Error(`a tool's schema cannot have ${refused} here`);
  const priced: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) priced[keyword] = inside(keyword, value);
  const { required } = priced;
  priced[WORK] = 1 + (Array.isArray(required) ? required.length : 0);
  return priced;
}

function inside(keyword: string, value: Json): Json {
  if (ONE.has(keyword)) return metered(value);
  if (LIST.has(keyword) && Array.isArray(value)) return (value as readonly Json[]).map(metered);
  if (NAMED.has(keyword) && typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, metered(one)]));
  return value;
}
