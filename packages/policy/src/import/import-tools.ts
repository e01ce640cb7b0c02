/**
 * Tools out of somebody's document, as they could stand in a draft. Promises: bounded whatever the document is; what is
 * not taken is named with its place and the reason; nothing of a tool's class comes from the document but a suggestion.
 */
import { Name } from '../contract/fields.js';
import type { PolicyTool } from '../document/kinds/tool.js';
import type { Json } from '../vocabulary.js';
import { checkBounds, IMPORT_LIMITS } from './bounds.js';
import { Refusal, type Dropped } from './place.js';
import { translate, Work, type SchemaCheck } from './schema.js';
import type { Found, Suggestion } from './found.js';
import { readSource, type Source } from './sources.js';

export interface ImportedTool {
  /** As an agent asks for it. */
  readonly name: string;
  /** As the document has it, where that is no name a tool can have. */
  readonly was: string | null;
  readonly description: string;
  readonly schema: PolicyTool['schema'];
  readonly suggestion: Suggestion | null;
  readonly dropped: readonly Dropped[];
}

export interface Refused {
  readonly path: string;
  readonly message: string;
}

export type Import =
  | {
      readonly ok: true;
      readonly source: Source;
      readonly tools: readonly ImportedTool[];
      readonly refused: readonly Refused[];
    }
  | { readonly ok: false; readonly problem: Refused };

const DESCRIPTION_CHARS = 2_000;

export function importTools(document: Json, check: SchemaCheck): Import {
  try {
    checkBounds(document);
    const { source, tools: found } = readSource(document);
    if (found.length > IMPORT_LIMITS.tools)
      throw new Refusal('', `${found.length} tools; at most ${IMPORT_LIMITS.tools} are taken at once`);
    const work = new Work(check);
    const tools = new Map<string, ImportedTool>();
    const refused: Refused[] = [];
    for (const one of found) {
      try {
        if (one instanceof Refusal) throw one;
        const tool = imported(one, work);
        if (tools.has(tool.name)) throw new Refusal(one.path, `there is a tool ${tool.name} above it`);
        tools.set(tool.name, tool);
      } catch (error) {
        refused.push(refusalOf(error));
      }
    }
    return { ok: true, source, tools: [...tools.values()], refused };
  } catch (error) {
    return { ok: false, problem: refusalOf(error) };
  }
}

function imported(found: Found, work: Work): ImportedTool {
  const name = nameOf(found.name);
  if (!Name.safeParse(name).success) throw new Refusal(found.path, 'has no name a tool can have');
  const { schema, dropped } = translate(found, work);
  return {
    name,
    was: name === found.name ? null : found.name,
    description: brief(found.description),
    schema: schema as PolicyTool['schema'],
    suggestion: found.suggestion,
    dropped,
  };
}

/** A name that a tool can have: what no name can hold becomes one `_`. */
const nameOf = (name: string): string =>
  Name.safeParse(name).success
    ? name
    : name
        .replaceAll(/[^A-Za-z0-9_.\-/]+/g, '_')
        .replace(/^[_.\-/]+/, '')
        .replace(/_+$/, '')
        .slice(0, 128);

function brief(text: string): string {
  const clean = text.trim();
  if (clean.length <= DESCRIPTION_CHARS) return clean;
  // Not in the middle of a pair.
  return `${clean.slice(0, DESCRIPTION_CHARS - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

function refusalOf(error: unknown): Refused {
  if (error instanceof Refusal) return { path: error.path, message: error.message };
  throw error;
}
