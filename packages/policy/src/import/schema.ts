/**
 * A schema of any dialect as one that can be published: JSON Schema 2020-12, in itself. What has a meaning there is
 * rewritten, what has none is left out and listed. Only the policy's own check says what can be published.
 */
import { follow, isList, isObject, Refusal, step, type Dropped } from './place.js';
import type { Found } from './found.js';
import type { Json, JsonObject } from '../vocabulary.js';
import { nameOfStep } from '../json-pointer.js';

/** Throws an Error that says why a schema could not be published. */
export type SchemaCheck = (schema: JsonObject) => unknown;

const ONE = new Set('contains additionalProperties propertyNames not if then else unevaluatedItems unevaluatedProperties'.split(' ')); // prettier-ignore
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Words for a reader, which 2020-12 has too. */
const WORDS = new Set('title description default examples deprecated readOnly writeOnly'.split(' '));
const ASSERTIONS = new Set('type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format minItems maxItems uniqueItems minContains maxContains minProperties maxProperties required dependentRequired'.split(' ')); // prettier-ignore
/** Keywords that are about this very value: a circle of them never ends. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'];

const SCHEMA_CHARS = 100_000;
/** Of a whole import. */
const SCHEMAS_MAX = 50_000;
/** Schemas in schemas, references followed. */
const DEPTH_MAX = 200;

const LEFT_OUT: { readonly [keyword: string]: string } = {
  $id: 'a schema stands alone here, so it needs no name',
  id: 'a schema stands alone here, so it needs no name',
  $anchor: 'a schema stands alone here, so nothing refers to it',
  $dynamicAnchor: 'a schema stands alone here, so nothing refers to it',
  $recursiveAnchor: 'a schema stands alone here, so nothing refers to it',
  $dynamicRef: 'dynamic references are not followed',
  $recursiveRef: 'dynamic references are not followed',
  $vocabulary: 'the vocabulary is that of 2020-12',
  $comment: 'says nothing about values',
  example: 'a word of OpenAPI; says nothing about values',
  xml: 'a word of OpenAPI; says nothing about values',
  externalDocs: 'a word of OpenAPI; says nothing about values',
  discriminator: 'a word of OpenAPI; the schemas it chooses among are all tried',
  contentEncoding: 'says nothing about what is allowed',
  contentMediaType: 'says nothing about what is allowed',
  contentSchema: 'says nothing about what is allowed',
};
const WITHOUT_A_WORD = new Set(['$schema', '$defs', 'definitions', 'nullable']);

export interface Translated {
  readonly schema: JsonObject;
  readonly dropped: readonly Dropped[];
}

/** The work one import may do altogether, and what it has found out about keywords. */
export class Work {
  private schemasLeft = SCHEMAS_MAX;
  private readonly problems = new Map<string, string | null>();

  constructor(readonly check: SchemaCheck) {}

  charge(path: string): void {
    this.schemasLeft -= 1;
    if (this.schemasLeft < 0)
      throw new Refusal(
        path,
        `the document has more than ${SCHEMAS_MAX} schemas, each counted where it is used`,
      );
  }

  /** The reason this alone could not be published; null when it could. */
  problemOf(schema: JsonObject): string | null {
    const text = JSON.stringify(schema);
    let problem = this.problems.get(text);
    if (problem === undefined) {
      problem = problemOf(() => this.check(schema));
      this.problems.set(text, problem);
    }
    return problem;
  }
}

/** Throws Refusal. */
export function translate(found: Found, work: Work): Translated {
  const translation = new Translation(found, work);
  const schema = translation.whole();
  if (JSON.stringify(schema).length > SCHEMA_CHARS)
    throw new Refusal(found.schemaPath, `its schema is longer than ${SCHEMA_CHARS} characters`);
  const wrong = problemOf(() => work.check(schema));
  if (wrong !== null) throw new Refusal(found.schemaPath, `its schema cannot be published: ${wrong}`);
  return { schema, dropped: [...found.dropped, ...translation.dropped] };
}

class Translation {
  readonly dropped: Dropped[] = [];
  /** By the pointer they were found at. */
  private readonly names = new Map<string, string>();
  private readonly defs: Record<string, Json> = {};
  private depth = 0;

  constructor(
    private readonly found: Found,
    private readonly work: Work,
  ) {}

  whole(): JsonObject {
    const { schema, schemaPath } = this.found;
    if (!isObject(schema)) throw new Refusal(schemaPath, 'is no schema of an object');
    const top = this.schema(schema, schemaPath) as JsonObject;
    const whole = Object.keys(this.defs).length > 0 ? { ...top, $defs: this.defs } : top;
    this.refuseCircles(whole);
    return whole;
  }

  private schema(schema: Json, path: string): Json {
    if (typeof schema === 'boolean') return schema;
    this.work.charge(path);
    if (this.depth >= DEPTH_MAX) throw new Refusal(path, `schemas lead deeper than ${DEPTH_MAX}`);
    this.depth += 1;
    const translated = this.translated(schema, path);
    this.depth -= 1;
    return translated;
  }

  private translated(schema: Json, path: string): Json {
    if (!isObject(schema)) throw new Refusal(path, 'is no schema');
    const into: Record<string, Json> = {};
    const { $ref } = schema;
    const alone = $ref !== undefined && this.found.dialect === 'legacy';
    for (const [keyword, value] of Object.entries(this.current(schema, path))) {
      const at = step(path, keyword);
      if (keyword === '$ref') into['$ref'] = this.reference(value, at);
      else if (alone && !WORDS.has(keyword)) {
        if (!WITHOUT_A_WORD.has(keyword))
          this.drop(at, keyword, 'beside $ref it means nothing in its dialect');
      } else if (keyword === 'items' || ONE.has(keyword)) into[keyword] = this.schema(value, at);
      else if (LIST.has(keyword)) this.list(into, keyword, value, at);
      else if (NAMED.has(keyword)) this.named(into, keyword, value, at);
      else if (WORDS.has(keyword)) into[keyword] = value;
      else if (ASSERTIONS.has(keyword)) this.assertion(into, keyword, value, at);
      else if (!WITHOUT_A_WORD.has(keyword))
        this.drop(at, keyword, LEFT_OUT[keyword] ?? 'not a keyword of JSON Schema 2020-12');
    }
    if (into['if'] === undefined || (into['then'] === undefined && into['else'] === undefined))
      for (const keyword of ['if', 'then', 'else'])
        if (Object.hasOwn(into, keyword)) {
          delete into[keyword];
          this.drop(step(path, keyword), keyword, 'says nothing without the others');
        }
    return schema['nullable'] === true ? nullable(into) : into;
  }

  /** The keywords of older dialects by their names of today. */
  private current(schema: JsonObject, path: string): JsonObject {
    const now: Record<string, Json> = { ...schema };
    for (const [limit, exclusive] of [
      ['minimum', 'exclusiveMinimum'],
      ['maximum', 'exclusiveMaximum'],
    ] as const) {
      if (typeof now[exclusive] !== 'boolean') continue;
      if (now[exclusive] && typeof now[limit] === 'number') {
        now[exclusive] = now[limit];
        delete now[limit];
      } else delete now[exclusive];
    }
    if (isList(now['items'])) {
      now['prefixItems'] = now['items'];
      delete now['items'];
      if (now['additionalItems'] !== undefined) now['items'] = now['additionalItems'];
      delete now['additionalItems'];
    }
    const { dependencies } = now;
    if (isObject(dependencies)) {
      delete now['dependencies'];
      const lists = Object.entries(dependencies).filter(([, one]) => isList(one));
      const schemas = Object.entries(dependencies).filter(([, one]) => !isList(one));
      if (lists.length > 0) now['dependentRequired'] = Object.fromEntries(lists);
      if (schemas.length > 0) now['dependentSchemas'] = Object.fromEntries(schemas);
    }
    if (typeof now['required'] === 'boolean') {
      delete now['required'];
      this.drop(step(path, 'required'), 'required', 'is a list of names, at the object, since draft-04');
    }
    return now;
  }

  private list(into: Record<string, Json>, keyword: string, value: Json, path: string): void {
    if (!isList(value) || value.length === 0) this.drop(path, keyword, 'is no list of schemas');
    else into[keyword] = value.map((one, i) => this.schema(one, step(path, i)));
  }

  private named(into: Record<string, Json>, keyword: string, value: Json, path: string): void {
    if (!isObject(value)) return this.drop(path, keyword, 'is no object of schemas');
    const schemas: Record<string, Json> = {};
    for (const [name, one] of Object.entries(value)) {
      const at = step(path, name);
      const wrong =
        keyword === 'patternProperties' ? this.work.problemOf({ patternProperties: { [name]: true } }) : null;
      if (wrong === null) schemas[name] = this.schema(one, at);
      else this.drop(at, keyword, wrong);
    }
    into[keyword] = schemas;
  }

  private assertion(into: Record<string, Json>, keyword: string, value: Json, path: string): void {
    const beside: JsonObject = keyword.endsWith('Contains') ? { contains: true } : {};
    const wrong = this.work.problemOf({ ...beside, [keyword]: value });
    if (wrong === null) into[keyword] = value;
    else this.drop(path, keyword, wrong);
  }

  /** The name in `$defs` of what it leads to, which is translated when it is first met. */
  private reference(value: Json, path: string): string {
    if (typeof value !== 'string') throw new Refusal(path, 'is no reference');
    if (!value.startsWith('#')) throw new Refusal(path, `leads out of the document: ${value.slice(0, 100)}`);
    const { root, rootPath, schemaPath } = this.found;
    const pointer = decoded(value.slice(1));
    if (pointer === '' && rootPath === schemaPath) return '#';
    const known = this.names.get(pointer);
    if (known !== undefined) return `#/$defs/${known}`;
    const target = follow(root, pointer);
    if (target === undefined) throw new Refusal(path, `leads nowhere: ${value.slice(0, 100)}`);
    const name = this.free(nameOfStep(pointer.slice(pointer.lastIndexOf('/') + 1)));
    this.names.set(pointer, name);
    this.defs[name] = true; // keeps its place in the order in which they were met
    this.defs[name] = this.schema(target, `${rootPath}${pointer}`);
    return `#/$defs/${name}`;
  }

  private free(wanted: string): string {
    const name = wanted.replaceAll(/[^\w.-]/g, '_').slice(0, 100) || 'schema';
    let free = name;
    for (let i = 2; Object.hasOwn(this.defs, free); i += 1) free = `${name}_${i}`;
    return free;
  }

  /** A reference may lead back from inside a value, never from the value itself. */
  private refuseCircles(whole: JsonObject): void {
    const done = new Set<Json>();
    const walk = (schema: Json | undefined, above: readonly Json[]): void => {
      if (!isObject(schema) || done.has(schema)) return;
      if (above.includes(schema))
        throw new Refusal(
          this.found.schemaPath,
          `a reference leads back to itself: ${this.nameOf(whole, schema)}`,
        );
      if (above.length >= DEPTH_MAX)
        throw new Refusal(this.found.schemaPath, `references lead deeper than ${DEPTH_MAX}`);
      const here = [...above, schema];
      if (typeof schema['$ref'] === 'string') walk(follow(whole, schema['$ref'].slice(1)), here);
      for (const keyword of IN_PLACE) {
        const value = schema[keyword];
        const inside = isList(value) ? value : keyword === 'dependentSchemas' && isObject(value) ? Object.values(value) : [value]; // prettier-ignore
        for (const one of inside) walk(one, here);
      }
      done.add(schema);
    };
    const everywhere = (schema: Json): void => {
      if (isList(schema)) schema.forEach(everywhere);
      else if (isObject(schema)) {
        walk(schema, []);
        Object.values(schema).forEach(everywhere);
      }
    };
    everywhere(whole);
  }

  private nameOf(whole: JsonObject, schema: Json): string {
    const name = Object.entries(isObject(whole['$defs']) ? whole['$defs'] : {}).find(
      ([, one]) => one === schema,
    )?.[0];
    return name ?? 'the schema itself';
  }

  private drop(path: string, what: string, why: string): void {
    this.dropped.push({ path, what, why });
  }
}

/** OpenAPI 3.0 says it beside the type. */
function nullable(schema: JsonObject): Json {
  const { type } = schema;
  if (typeof type !== 'string' || Object.hasOwn(schema, 'const'))
    return { anyOf: [schema, { type: 'null' }] };
  const members = schema['enum'];
  return {
    ...schema,
    type: type === 'null' ? type : [type, 'null'],
    ...(isList(members) && !members.includes(null) ? { enum: [...members, null] } : {}),
  };
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function problemOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 300);
  }
}
