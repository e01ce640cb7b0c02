/** Tools as others describe them: what an MCP server lists, what a model is given, what an HTTP API offers. */
import { isList, isObject, Refusal, step } from './place.js';
import { openApiTools } from './openapi.js';
import type { Json, JsonObject } from '../vocabulary.js';
import type { Found, Reading, Suggestion } from './found.js';

export type Source = 'mcp' | 'openai' | 'anthropic' | 'openapi';

/** Throws Refusal when it is none of the four. */
export function readSource(document: Json): { readonly source: Source; readonly tools: readonly Reading[] } {
  if (isObject(document) && (Object.hasOwn(document, 'openapi') || Object.hasOwn(document, 'swagger')))
    return { source: 'openapi', tools: openApiTools(document) };
  const { list, path } = listOf(document);
  const shapes = list.map((one, i) => readTool(one, step(path, i)));
  const source = shapes.find(({ source }) => source !== null)?.source;
  if (source == null)
    throw new Refusal(
      path,
      list.length === 0
        ? 'there is no tool in this list'
        : 'no tool here has an inputSchema (MCP), an input_schema (Anthropic) or a function (OpenAI)',
    );
  return { source, tools: shapes.map(({ reading }) => reading) };
}

/** The list itself, `{ tools }`, or a whole JSON-RPC answer. */
function listOf(document: Json): { readonly list: readonly Json[]; readonly path: string } {
  if (isList(document)) return { list: document, path: '' };
  if (isObject(document)) {
    if (isList(document['tools'])) return { list: document['tools'], path: '/tools' };
    const { result } = document;
    if (isObject(result) && isList(result['tools'])) return { list: result['tools'], path: '/result/tools' };
  }
  throw new Refusal('', 'neither a list of tools, nor { "tools": [...] }, nor an OpenAPI document');
}

function readTool(tool: Json, path: string): { readonly source: Source | null; readonly reading: Reading } {
  if (!isObject(tool)) return { source: null, reading: new Refusal(path, 'is no object') };
  const inner = isObject(tool['function']) ? tool['function'] : tool;
  const innerPath = inner === tool ? path : step(path, 'function');
  for (const [member, source] of MEMBERS) {
    if (!Object.hasOwn(inner, member)) continue;
    return { source, reading: found(inner, innerPath, member, source === 'mcp') };
  }
  // OpenAI's tool without parameters takes none.
  if (tool['type'] === 'function' && typeof inner['name'] === 'string')
    return {
      source: 'openai',
      reading: found({ ...inner, parameters: NO_ARGUMENTS }, innerPath, 'parameters', false),
    };
  return { source: null, reading: new Refusal(path, 'has no schema of its arguments') };
}

const MEMBERS: readonly (readonly [member: string, source: Source])[] = [
  ['inputSchema', 'mcp'],
  ['input_schema', 'anthropic'],
  ['parameters', 'openai'],
];
const NO_ARGUMENTS: JsonObject = { type: 'object', properties: {}, additionalProperties: false };

function found(tool: JsonObject, path: string, member: string, hinted: boolean): Reading {
  const { name, description, title } = tool;
  if (typeof name !== 'string' || name === '') return new Refusal(path, 'has no name');
  const schema = tool[member]!;
  const schemaPath = step(path, member);
  return {
    path,
    name,
    description: typeof description === 'string' ? description : typeof title === 'string' ? title : '',
    schema,
    schemaPath,
    root: schema,
    rootPath: schemaPath,
    dialect: dialectOf(schema),
    suggestion: hinted ? hintOf(tool['annotations']) : null,
    dropped: [],
  };
}

function dialectOf(schema: Json): Found['dialect'] {
  const said = isObject(schema) ? schema['$schema'] : undefined;
  return typeof said === 'string' && /draft-0[3-7]/.test(said) ? 'legacy' : 'current';
}

/** The server's word of its own tool. It is the server that says it. */
function hintOf(annotations: Json | undefined): Suggestion | null {
  if (!isObject(annotations)) return null;
  const { readOnlyHint, destructiveHint } = annotations;
  if (destructiveHint === true && readOnlyHint !== true)
    return { class: 'dangerous', why: 'its server says destructiveHint: true' };
  if (readOnlyHint === true) return { class: 'read', why: 'its server says readOnlyHint: true' };
  if (readOnlyHint === false && destructiveHint === false)
    return { class: 'write', why: 'its server says destructiveHint: false' };
  return null;
}
