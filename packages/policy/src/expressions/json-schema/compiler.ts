/**
 * Compiles a JSON Schema (2020-12) into nodes that know their price. Linear in the schema, and nothing is generated:
 * a code generator needs 350 ms for an honest choice of 250 branches, which a hostile one repeats in every process.
 *
 * What cannot be bounded or understood is refused with its path: unknown keywords and formats, references to elsewhere
 * or in circles, look-around in patterns, too much of anything.
 */
import type { Json, JsonObject } from '../../vocabulary.js';
import { boundedDepth, DEPTH_MAX } from '../depth.js';
import { fromEcma } from '../ecma.js';
import { ExpressionError } from '../expression-error.js';
import { compilePattern, type Pattern } from '../pattern.js';
import { APPLICATORS } from './applicators.js';
import { ASSERTIONS, isList, isObject, isText } from './assertions.js';
import type { Keyword, KeywordPlace } from './keyword.js';
import { Node } from './node.js';
import { pointerStep } from '../../json-pointer.js';

export const SCHEMA = {
  bytesMax: 256 * 1024,
  depthMax: DEPTH_MAX,
  subschemasMax: 4_000,
  /** Members of `properties`, `required`, `enum` and their like. */
  namesMax: 20_000,
  patternsMax: 200,
  /** Of all patterns, repeats written out. */
  instructionsMax: 20_000,
} as const;

const DRAFTS = new Set<Json>(
  ['http', 'https'].flatMap((scheme) =>
    ['', '#'].map((end) => `${scheme}://json-schema.org/draft/2020-12/schema${end}`),
  ),
);

/** Keywords that say nothing about a value, or that another one reads. */
// prettier-ignore
const SILENT = new Set([
  '$schema', '$comment', '$anchor', '$dynamicAnchor', '$defs', 'definitions', '$vocabulary', 'title', 'description',
  'default', 'deprecated', 'readOnly', 'writeOnly', 'examples', 'contentEncoding', 'contentMediaType', 'contentSchema',
  'then', 'else', 'minContains', 'maxContains',
]);
/** Keywords by those that they read. */
const READ_BY = new Map([
  ['then', 'if'],
  ['else', 'if'],
  ['minContains', 'contains'],
  ['maxContains', 'contains'],
]);
const KEYWORDS = new Map<string, Keyword>([...Object.entries(ASSERTIONS), ...Object.entries(APPLICATORS)]);

/** The state that all places of one schema share. */
interface Whole {
  /** By the JSON Pointer of its place, and by `#name`. */
  readonly nodes: Map<string, Node>;
  readonly references: {
    readonly from: Compiler;
    readonly to: string;
    readonly resolve: (node: Node) => void;
  }[];
  subschemas: number;
  names: number;
  patterns: number;
  instructions: number;
  patternBytes: number;
  readonly distinct: Set<Pattern>;
}

export function compileRoot(schema: JsonObject): { readonly root: Node; readonly patternBytes: number } {
  boundedDepth(schema);
  const whole: Whole = {
    nodes: new Map(),
    references: [],
    subschemas: 0,
    names: 0,
    patterns: 0,
    instructions: 0,
    patternBytes: 0,
    distinct: new Set(),
  };
  // The name of the whole is of no use to anybody, since nothing outside can be referred to.
  const { $id: _, ...nameless } = schema;
  const root = new Compiler(whole, '', 0).one(nameless);
  for (const { from, to, resolve } of whole.references) {
    const node = whole.nodes.get(to);
    if (node === undefined) throw from.error('refers to a place that holds no schema');
    resolve(node);
  }
  refuseCircles(whole.nodes.values());
  return { root, patternBytes: whole.patternBytes };
}

/** A place in the schema while it is compiled. */
class Compiler implements KeywordPlace {
  private node: Node | null = null;

  constructor(
    private readonly whole: Whole,
    private readonly path: string,
    private readonly depth: number,
  ) {}

  error(message: string): ExpressionError {
    return new ExpressionError(message, this.path);
  }

  one(schema: Json): Node {
    if (++this.whole.subschemas > SCHEMA.subschemasMax)
      throw this.error(`holds more than ${SCHEMA.subschemasMax} schemas`);
    const node = new Node(this.path);
    this.whole.nodes.set(this.path, node);
    if (typeof schema === 'boolean') {
      if (!schema)
        node.assertions = [
          (_value, place, errors) => {
            errors?.add(place, 'boolean schema is false');
            return false;
          },
        ];
      return node;
    }
    if (!isObject(schema)) throw this.error('must be a schema: an object, true or false');
    this.keywords(schema, node);
    return node;
  }

  list(schemas: Json): Node[] {
    if (!isList(schemas) || schemas.length === 0) throw this.error('must be a list of schemas');
    return schemas.map((schema, i) => this.below(i).one(schema));
  }

  named(schemas: Json): [string, Node][] {
    if (!isObject(schemas)) throw this.error('must be an object of schemas');
    const entries = Object.entries(schemas);
    this.names(entries.length);
    this.looksUp(entries.length);
    return entries.map(([name, schema]) => [name, this.below(name).one(schema)]);
  }

  inPlace(schema: Json): Node {
    return this.meeting(this.one(schema));
  }
  inPlaceList(schemas: Json): Node[] {
    return this.list(schemas).map((node) => this.meeting(node));
  }
  inPlaceNamed(schemas: Json): [string, Node][] {
    return this.named(schemas).map(([name, node]) => [name, this.meeting(node)]);
  }
  afterAll(schema: Json): Node {
    if (this.node !== null) this.node.asksWhatWasSeen = true;
    return this.one(schema);
  }

  reference(target: Json): Node {
    if (!isText(target) || !target.startsWith('#')) throw this.error('must refer to a place in this schema');
    const node = new Node(this.path);
    const [from, to] = [this.node, decoded(target.slice(1))];
    this.whole.references.push({
      from: this,
      to: to === '' || to.startsWith('/') ? to : `#${to}`,
      resolve: (found) => {
        node.assertions = [found.fits];
        from?.inPlace.push(found);
      },
    });
    return node;
  }

  pattern(source: Json, at?: string): Pattern {
    const place = at === undefined ? this : this.below(at);
    if (!isText(source)) throw place.error('must be a pattern');
    if (++this.whole.patterns > SCHEMA.patternsMax)
      throw place.error(`is one of more than ${SCHEMA.patternsMax} patterns`);
    try {
      const pattern = compilePattern(fromEcma(source));
      if (!this.whole.distinct.has(pattern)) {
        this.whole.distinct.add(pattern);
        this.whole.instructions += pattern.weight;
        this.whole.patternBytes += pattern.bytes;
      }
      if (this.whole.instructions > SCHEMA.instructionsMax)
        throw new ExpressionError(
          `the patterns of this schema take more than ${SCHEMA.instructionsMax} steps`,
        );
      return pattern;
    } catch (error) {
      throw place.error(error instanceof Error ? error.message : String(error));
    }
  }

  beside(keyword: string): Compiler {
    const place = new Compiler(
      this.whole,
      this.path.slice(0, this.path.lastIndexOf('/') + 1) + keyword,
      this.depth,
    );
    place.node = this.node;
    return place;
  }

  names(count: number): void {
    this.whole.names += count;
    if (this.whole.names > SCHEMA.namesMax)
      throw this.error(`is one of more than ${SCHEMA.namesMax} names and values`);
  }

  looksUp(count: number): void {
    if (this.node !== null) this.node.cost += count >> 2;
  }

  private keywords(schema: JsonObject, node: Node): void {
    const at = (keyword: string) => {
      const place = this.below(keyword);
      place.node = node;
      return place;
    };
    for (const keyword of Object.keys(schema)) {
      if (keyword === '$schema' && !DRAFTS.has(schema[keyword]!)) throw at(keyword).error('must be 2020-12');
      const reader = READ_BY.get(keyword);
      if (reader !== undefined && !Object.hasOwn(schema, reader))
        throw at(keyword).error(`says nothing without ${reader}`);
      if (!KEYWORDS.has(keyword) && !SILENT.has(keyword))
        throw at(keyword).error('is not a keyword of JSON Schema');
    }
    for (const holder of ['$defs', 'definitions'])
      if (Object.hasOwn(schema, holder)) this.below(holder).named(schema[holder]!);
    for (const anchor of ['$anchor', '$dynamicAnchor']) {
      const name = schema[anchor];
      if (!Object.hasOwn(schema, anchor)) continue;
      if (name === undefined || !isText(name) || !/^[A-Za-z_][A-Za-z0-9._-]*$/.test(name))
        throw at(anchor).error('must be a name');
      this.whole.nodes.set(`#${name}`, node);
    }
    node.assertions = [...KEYWORDS].flatMap(([keyword, compile]) => {
      if (!Object.hasOwn(schema, keyword)) return [];
      const assertion = compile(schema[keyword]!, at(keyword), schema);
      if (assertion === null) return [];
      node.cost += 1;
      return [assertion];
    });
  }

  private below(step: string | number): Compiler {
    return new Compiler(this.whole, `${this.path}/${pointerStep(String(step))}`, this.depth + 1);
  }

  private meeting(node: Node): Node {
    this.node?.inPlace.push(node);
    return node;
  }
}

/** A schema that applies itself to the same value never ends. */
function refuseCircles(nodes: Iterable<Node>): void {
  const state = new Map<Node, 'open' | 'done'>();
  for (const start of nodes) {
    const stack: [Node, number][] = state.has(start) ? [] : [[start, 0]];
    if (stack.length > 0) state.set(start, 'open');
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const next = top[0].inPlace[top[1]++];
      if (next === undefined) {
        state.set(top[0], 'done');
        stack.pop();
      } else if (state.get(next) === 'open')
        throw new ExpressionError('applies itself to the same value, without end', top[0].path);
      else if (!state.has(next)) {
        state.set(next, 'open');
        stack.push([next, 0]);
      }
    }
  }
}

/** A reference is a URI fragment around a JSON Pointer. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
