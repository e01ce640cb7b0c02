// Promises: types for every graphql(`…`) call of the sources in src/shared/gql/generated, from the committed schema; a
// document the schema does not know fails with its file and line. What runs is the text itself: each stays with the
// feature that asks it, and the console carries no parser and no list of all documents.
//
// Drives the generator's library, not its command line, which needs Node 22.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse, validate } from 'graphql';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, 'src');
const target = join(sources, 'shared', 'gql', 'generated');
const schemaFile = join(here, '..', 'api', 'src', 'schema.graphql');

/** What the API's scalars are in JSON; one that is missing here is `unknown`, which the compiler notices. */
const scalars = {
  DateTime: 'string',
  JSON: 'unknown',
  JSONObject: 'Record<string, unknown>',
  BigInt: 'string',
};

/** Every graphql(`…`) in a file, with the line it is on. */
function documentsIn(file) {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'graphql') {
      const [text] = node.arguments;
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (!text || !ts.isStringLiteralLike(text))
        throw new Error(`${where(file, line)}: graphql() takes one plain template`);
      found.push({
        location: where(file, line),
        rawSDL: text.text,
        document: parsed(text.text, where(file, line)),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const where = (file, line) => `${relative(here, file)}:${line}`;

function parsed(text, location) {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${location}: ${error.message}`, { cause: error });
  }
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (path === target) continue;
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

function check(schema, documents) {
  const definitions = documents.flatMap(({ document }) => document.definitions);
  const origin = new Map(
    documents.flatMap(({ document, location }) => document.definitions.map((d) => [d.loc, location])),
  );
  const errors = validate(schema, { kind: 'Document', definitions });
  if (errors.length === 0) return;
  const lines = errors.map((error) => {
    const node = error.nodes?.[0];
    const owner = definitions.find((d) => d.loc.source === node?.loc?.source);
    return `  ${origin.get(owner?.loc) ?? ''}: ${error.message}`;
  });
  throw new Error(`the console asks for what the API does not offer:\n${lines.join('\n')}`);
}

async function generate() {
  const sdl = readFileSync(schemaFile, 'utf8');
  const documents = [...filesUnder(sources)].flatMap(documentsIn);
  check(buildSchema(sdl), documents);

  const [{ plugins, ...types }] = await preset.buildGeneratesSection({
    baseOutputDir: `${target}/`,
    schema: parse(sdl),
    schemaAst: buildSchema(sdl),
    documents,
    config: { scalars, defaultScalarType: 'unknown', useTypeImports: true, enumsAsTypes: true },
    presetConfig: { fragmentMasking: false },
    pluginMap: {},
    plugins: [],
    pluginContext: {},
    profiler: { run: (work) => work(), collect: () => [] },
  });
  const typesOnly = plugins.filter((plugin) => !('typed-document-node' in plugin));
  const written = await codegen({ ...types, plugins: typesOnly });
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'graphql.ts'), written);
  writeFileSync(join(target, 'index.ts'), typedTexts(documents));
}

/** `graphql`, which returns what it is given and knows what that answers. */
function typedTexts(documents) {
  const overloads = documents.map(({ rawSDL, document, location }) => {
    const [{ kind, name, operation }, another] = document.definitions;
    if (kind !== 'OperationDefinition' || another !== undefined)
      throw new Error(`${location}: graphql() takes one operation`);
    const type = name.value + operation[0].toUpperCase() + operation.slice(1);
    return `export function graphql(source: ${JSON.stringify(rawSDL)}): Text<types.${type}, types.${type}Variables>;`;
  });
  return `import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import type * as types from './graphql.js';

/** The text of an operation that answers R to V. */
export type Text<R, V> = string & DocumentTypeDecoration<R, V>;

${overloads.join('\n')}
export function graphql(source: string): string {
  return source;
}
`;
}

try {
  await generate();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
