/** The operations of an OpenAPI document (3.0, 3.1) as tools: their parameters by name, a JSON body as `body`. */
import { follow, isList, isObject, Refusal, step, type Dropped } from './place.js';
import type { Found, Reading, Suggestion } from './found.js';
import type { Json, JsonObject } from '../vocabulary.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
type Method = (typeof METHODS)[number];

/** Throws Refusal. */
export function openApiTools(document: JsonObject): Reading[] {
  const said = document['openapi'] ?? document['swagger'];
  const version = typeof said === 'string' ? said : JSON.stringify(said);
  if (!/^3\.[01]\./.test(version))
    throw new Refusal(
      Object.hasOwn(document, 'openapi') ? '/openapi' : '/swagger',
      `OpenAPI ${version.slice(0, 20)} is not read; 3.0 and 3.1 are`,
    );
  const { paths } = document;
  if (!isObject(paths)) throw new Refusal('/paths', 'there are no paths');
  const api = new Api(document, version.startsWith('3.0') ? 'legacy' : 'current');
  const tools = Object.entries(paths).flatMap(([url, item]) => api.path(url, item, step('/paths', url)));
  if (tools.length === 0) throw new Refusal('/paths', 'there is no operation');
  return tools;
}

class Api {
  constructor(
    private readonly document: JsonObject,
    private readonly dialect: Found['dialect'],
  ) {}

  path(url: string, given: Json, place: string): Reading[] {
    const item = this.meant(given);
    if (!isObject(item)) return [new Refusal(place, 'is no path item')];
    return METHODS.filter((method) => Object.hasOwn(item, method)).map((method) => {
      try {
        return this.operation(url, method, item, step(place, method));
      } catch (error) {
        if (error instanceof Refusal) return error;
        throw error;
      }
    });
  }

  private operation(url: string, method: Method, item: JsonObject, path: string): Found {
    const operation = item[method]!;
    if (!isObject(operation)) throw new Refusal(path, 'is no operation');
    const { operationId, summary, description } = operation;
    const dropped: Dropped[] = [];
    const properties: Record<string, Json> = {};
    const required: string[] = [];
    const take = (name: string, schema: Json, needed: boolean) => {
      properties[name] = schema;
      if (needed) required.push(name);
    };

    for (const [place, parameter] of this.parameters(item, operation, path)) {
      const { name, in: where, required: needed, description: words } = parameter;
      if (typeof name !== 'string' || typeof where !== 'string')
        throw new Refusal(place, 'has no name and in');
      const schema = parameter['schema'] ?? contentOf(parameter['content']);
      if (where === 'header' || where === 'cookie') {
        dropped.push({
          path: place,
          what: name,
          why: `a ${where} is the program’s to send, not the model’s`,
        });
        continue;
      }
      if (Object.hasOwn(properties, name)) throw new Refusal(place, `there are two parameters ${name}`);
      take(name, described(schema ?? true, words), needed === true || where === 'path');
    }

    const body = this.meant(operation['requestBody']);
    if (isObject(body)) {
      const schema = contentOf(body['content']);
      if (schema === undefined)
        dropped.push({
          path: step(path, 'requestBody'),
          what: 'requestBody',
          why: 'no JSON is among its types',
        });
      else if (Object.hasOwn(properties, 'body'))
        throw new Refusal(step(path, 'requestBody'), 'there is a parameter body already');
      else take('body', schema, body['required'] === true);
    }
    const text = [summary, description].find((one) => typeof one === 'string' && one !== '');
    return {
      path,
      name: typeof operationId === 'string' && operationId !== '' ? operationId : named(method, url),
      description: typeof text === 'string' ? text : '',
      schema: {
        type: 'object',
        properties,
        ...(required.length > 0 ? { required } : {}),
        additionalProperties: false,
      },
      schemaPath: path,
      root: this.document,
      rootPath: '',
      dialect: this.dialect,
      suggestion: suggested(method),
      dropped,
    };
  }

  /** The operation's own stand for the path's of the same name and place. */
  private parameters(item: JsonObject, operation: JsonObject, path: string): [string, JsonObject][] {
    const all = new Map<string, [string, JsonObject]>();
    for (const [list, place] of [
      [item['parameters'], step(path.slice(0, path.lastIndexOf('/')), 'parameters')],
      [operation['parameters'], step(path, 'parameters')],
    ] as const) {
      if (list === undefined) continue;
      if (!isList(list)) throw new Refusal(place, 'is no list');
      for (const [i, given] of list.entries()) {
        const parameter = this.meant(given);
        if (!isObject(parameter)) throw new Refusal(step(place, i), 'is no parameter');
        all.set(JSON.stringify([parameter['in'], parameter['name']]), [step(place, i), parameter]);
      }
    }
    return [...all.values()];
  }

  /** One reference is followed: a component is no reference itself. */
  private meant(value: Json | undefined): Json | undefined {
    if (!isObject(value) || typeof value['$ref'] !== 'string') return value;
    return value['$ref'].startsWith('#') ? follow(this.document, value['$ref'].slice(1)) : undefined;
  }
}

/** `GET /pets/{id}` without an operationId is get_pets_id. */
const named = (method: Method, url: string): string =>
  [method, ...url.split(/[^A-Za-z0-9]+/)].filter(Boolean).join('_');

function contentOf(content: Json | undefined): Json | undefined {
  if (!isObject(content)) return undefined;
  const json = Object.entries(content).find(([type]) => /^application\/([\w.-]+\+)?json\b/i.test(type))?.[1];
  return isObject(json) ? (json['schema'] ?? true) : undefined;
}

function described(schema: Json, words: Json | undefined): Json {
  if (typeof words !== 'string' || !isObject(schema)) return schema;
  return Object.hasOwn(schema, 'description') || Object.hasOwn(schema, '$ref')
    ? schema
    : { ...schema, description: words };
}

function suggested(method: Method): Suggestion {
  const why = `its method is ${method.toUpperCase()}`;
  if (method === 'get' || method === 'head' || method === 'options' || method === 'trace')
    return { class: 'read', why };
  return { class: method === 'delete' ? 'dangerous' : 'write', why };
}
