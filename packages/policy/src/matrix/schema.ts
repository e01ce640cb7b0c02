/** A tool's JSON Schema (2020-12) as a function from arguments to what is wrong with them. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../vocabulary.js';
import { linearRegExp } from './regexp.js';

/** `path` is a JSON Pointer into the arguments; the message quotes the schema, never a value. */
export type ArgumentError = { readonly path: string; readonly message: string };
export type ArgumentCheck = (args: Json) => readonly ArgumentError[];

/** More errors than this teach nobody anything. */
const ERRORS_MAX = 20;

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
  addUsedSchema: false,
  logger: false,
  code: { regExp },
};

/** Throws an Error whose message says what is wrong with the schema. */
export function compileSchema(schema: JsonObject): ArgumentCheck {
  const ajv = new Ajv2020(OPTIONS);
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (args) => (validate(args) ? NONE : (validate.errors ?? []).slice(0, ERRORS_MAX).map(argumentError));
}

const NONE: readonly ArgumentError[] = [];

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
    default:
      return { path: instancePath, message: message ?? `breaks ${keyword}` };
  }
}
