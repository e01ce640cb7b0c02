// Promises: typed GraphQL documents in src/shared/gql/generated, from the committed schema and every
// graphql(`…`) call in the sources; a document the schema does not know fails with its file and line.
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

  const files = await preset.buildGeneratesSection({
    baseOutputDir: `${target}/`,
    schema: parse(sdl),
    schemaAst: buildSchema(sdl),
    documents,
    config: {
      scalars,
      defaultScalarType: 'unknown',
      useTypeImports: true,
      enumsAsTypes: true,
      emitLegacyCommonJSImports: false,
    },
    presetConfig: { fragmentMasking: false },
    pluginMap: {},
    plugins: [],
    pluginContext: {},
    profiler: { run: (work) => work(), collect: () => [] },
  });
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of files) writeFileSync(file.filename, await codegen(file));
}

try {
  await generate();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
