/** A tool of others becomes one of ours, or says why not; each schema that comes out can be published. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSchema, PolicyEdit, type Json, type JsonObject } from '../index.js';
import { importTools } from './import-tools.js';

const taken = (document: unknown) => {
  const result = importTools(document as Json, compileSchema);
  if (!result.ok) throw new Error(`${result.problem.path} ${result.problem.message}`);
  return result;
};
const refusedWhole = (document: unknown) => {
  const result = importTools(document as Json, compileSchema);
  return result.ok ? null : result.problem;
};
/** One tool with this schema, as an MCP server lists it. */
const withSchema = (inputSchema: unknown) => taken({ tools: [{ name: 't', inputSchema }] });
const schemaOf = (inputSchema: unknown) => withSchema(inputSchema).tools[0]?.schema;
const property = (schema: unknown, more: object = {}) => {
  const { tools } = withSchema({ type: 'object', properties: { p: schema }, ...more });
  const [tool] = tools;
  const whole = tool?.schema ?? {};
  return {
    schema: (whole['properties'] as JsonObject)['p'],
    whole,
    dropped: (tool?.dropped ?? []).map(({ path, why }) => [path.replace('/tools/0/inputSchema', ''), why]),
  };
};

/** As the SDK of MCP writes it out of zod. */
const MCP = {
  jsonrpc: '2.0',
  id: 2,
  result: {
    tools: [
      {
        name: 'read_text_file',
        title: 'Read Text File',
        description: 'Read a file as text.',
        inputSchema: {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          properties: {
            path: { type: 'string' },
            head: { description: 'The first N lines', type: 'number' },
          },
          required: ['path'],
        },
        annotations: { readOnlyHint: true, openWorldHint: false },
        execution: { taskSupport: 'forbidden' },
        outputSchema: { type: 'object', properties: { content: { type: 'string' } } },
      },
      {
        name: 'edit_file',
        description: 'Edit a file.',
        inputSchema: {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          properties: {
            edits: {
              type: 'array',
              items: { type: 'object', properties: { oldText: { type: 'string' } }, required: ['oldText'] },
            },
            dryRun: { type: 'boolean', default: false },
          },
          required: ['edits'],
        },
        annotations: { readOnlyHint: false, idempotentHint: false, destructiveHint: true },
      },
      { name: 'list', inputSchema: { type: 'object' } },
    ],
  },
};

describe('where tools come from', () => {
  it('a tools/list answer, whole, its result, or the list itself', () => {
    for (const document of [MCP, MCP.result, MCP.result.tools]) {
      const { source, tools, refused } = taken(document);
      expect([source, refused]).toEqual(['mcp', []]);
      expect(tools.map(({ name, suggestion }) => [name, suggestion?.class])).toEqual([
        ['read_text_file', 'read'],
        ['edit_file', 'dangerous'],
        ['list', undefined],
      ]);
      expect(tools.flatMap(({ dropped }) => dropped)).toEqual([]);
      expect(tools[0]).toMatchObject({ description: 'Read a file as text.', was: null });
    }
  });

  it('OpenAI’s tools, in both of their shapes', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const { source, tools } = taken([
      { type: 'function', function: { name: 'weather', description: 'Today’s', parameters, strict: true } },
      { type: 'function', name: 'forecast', parameters },
      { type: 'function', function: { name: 'now' } },
    ]);
    expect(source).toBe('openai');
    expect(tools.map(({ name }) => name)).toEqual(['weather', 'forecast', 'now']);
    expect(tools[0]?.schema).toEqual(parameters);
    expect(tools[2]?.schema).toMatchObject({ additionalProperties: false });
    expect(tools.every(({ suggestion }) => suggestion === null)).toBe(true);
  });

  it('Anthropic’s tools', () => {
    const input_schema = { type: 'object', properties: {} };
    const { source, tools, refused } = taken({ tools: [{ name: 'a', input_schema }, { type: 'web_search_20250305', name: 'web_search' }] }); // prettier-ignore
    expect([source, tools.length]).toEqual(['anthropic', 1]);
    expect(refused).toEqual([{ path: '/tools/1', message: 'has no schema of its arguments' }]);
  });

  const PETS = {
    openapi: '3.0.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        parameters: [{ name: 'lang', in: 'query', schema: { type: 'string' } }],
        get: {
          operationId: 'find pets',
          summary: 'All pets',
          parameters: [
            {
              name: 'limit',
              in: 'query',
              description: 'How many',
              schema: { type: 'integer', format: 'int32' },
            },
            { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
            { $ref: '#/components/parameters/tag' },
          ],
        },
        post: {
          operationId: 'addPet',
          requestBody: {
            required: true,
            content: { 'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/Pet' } } },
          },
        },
      },
      '/pets/{id}/image': {
        put: { parameters: [{ name: 'id', in: 'path', schema: { type: 'integer' } }], requestBody: { content: { 'image/png': {} } } }, // prettier-ignore
        delete: { operationId: 'delete', parameters: [{ name: 'id', in: 'path' }] },
      },
    },
    components: {
      parameters: {
        tag: { name: 'tag', in: 'query', required: true, schema: { type: 'string', nullable: true } },
      },
      schemas: {
        Pet: {
          allOf: [{ $ref: '#/components/schemas/Named' }],
          properties: {
            parent: { $ref: '#/components/schemas/Pet', nullable: true, description: 'its own' },
          },
          discriminator: { propertyName: 'kind' },
        },
        Named: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', example: 'Rex' } },
        },
      },
    },
  };

  it('the operations of OpenAPI 3.0', () => {
    const { source, tools, refused } = taken(PETS);
    expect([source, refused]).toEqual(['openapi', []]);
    expect(tools.map(({ name, was, suggestion }) => [name, was, suggestion?.class])).toEqual([
      ['find_pets', 'find pets', 'read'],
      ['addPet', null, 'write'],
      ['put_pets_id_image', null, 'write'],
      ['delete', null, 'dangerous'],
    ]);
    expect(tools[0]?.schema).toEqual({
      type: 'object',
      properties: {
        lang: { type: 'string' },
        limit: { type: 'integer', format: 'int32', description: 'How many' },
        tag: { type: ['string', 'null'] },
      },
      required: ['tag'],
      additionalProperties: false,
    });
    expect(tools[0]?.dropped).toMatchObject([{ path: '/paths/~1pets/get/parameters/1', what: 'X-Trace' }]);
    expect(tools[1]?.schema).toMatchObject({
      properties: { body: { $ref: '#/$defs/Pet' } },
      required: ['body'],
      $defs: {
        Pet: { allOf: [{ $ref: '#/$defs/Named' }], properties: { parent: { anyOf: [{ $ref: '#/$defs/Pet', description: 'its own' }, { type: 'null' }] } } }, // prettier-ignore
        Named: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      },
    });
    expect(tools[1]?.dropped.map(({ path }) => path)).toEqual([
      '/components/schemas/Named/properties/name/example',
      '/components/schemas/Pet/discriminator',
    ]);
    expect(tools[2]?.dropped).toMatchObject([{ why: 'no JSON is among its types' }]);
    const check = compileSchema(tools[1]?.schema ?? {});
    expect(check({ body: { name: 'Rex', parent: { name: 'Rexa', parent: null } } })).toEqual([]);
    expect(check({ body: { name: 'Rex', parent: {} } })).not.toEqual([]);
  });

  it('Reeve’s own OpenAPI document', () => {
    const own = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../../apps/api/openapi.json'), 'utf8'),
    ) as Json;
    const { tools, refused } = taken(own);
    expect(refused).toEqual([]);
    expect(tools.find(({ name }) => name === 'access_v1_evaluation')?.schema).toMatchObject({
      required: ['body'],
    });
  });

  it.each([
    ['nothing', null, ''],
    ['a text', 'tools', ''],
    ['an empty list', [], ''],
    ['a list of something else', [{ a: 1 }], ''],
    ['no list', { tools: {} }, ''],
    ['Swagger 2', { swagger: '2.0', paths: {} }, '/swagger'],
    ['OpenAPI 4', { openapi: '4.0.0', paths: {} }, '/openapi'],
    ['no paths', { openapi: '3.1.0' }, '/paths'],
    ['no operation', { openapi: '3.1.0', paths: { '/a': {} } }, '/paths'],
  ])('%s is refused with the place', (_, document, path) => {
    expect(refusedWhole(document)).toMatchObject({ path });
  });
});

describe('a schema of another dialect', () => {
  it.each<[string, Json, Json]>([
    ['nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['nullable with an enum', { type: 'string', enum: ['a'], nullable: true }, { type: ['string', 'null'], enum: ['a', null] }], // prettier-ignore
    [
      'nullable without a type',
      { minimum: 1, nullable: true },
      { anyOf: [{ minimum: 1 }, { type: 'null' }] },
    ],
    ['not nullable', { type: 'string', nullable: false }, { type: 'string' }],
    ['exclusive limits of draft-04', { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }, { exclusiveMinimum: 1, maximum: 9 }], // prettier-ignore
    ['items one by one', { items: [{ type: 'string' }], additionalItems: false }, { prefixItems: [{ type: 'string' }], items: false }], // prettier-ignore
    ['dependencies', { dependencies: { a: ['b'], c: { required: ['d'] } } }, { dependentRequired: { a: ['b'] }, dependentSchemas: { c: { required: ['d'] } } }], // prettier-ignore
    ['true', true, true],
  ])('%s', (_, given, wanted) => {
    expect(property(given)).toMatchObject({ schema: wanted, dropped: [] });
  });

  it('definitions are taken along where they are used, under one name', () => {
    const { whole } = property(
      { $ref: '#/definitions/a~1b' },
      { definitions: { 'a/b': { type: 'string' }, unused: {} } },
    );
    expect(whole).toMatchObject({
      properties: { p: { $ref: '#/$defs/a_b' } },
      $defs: { a_b: { type: 'string' } },
    });
    expect(whole['$defs']).not.toHaveProperty('unused');
  });

  it('a tree that refers to itself is a tree', () => {
    const tree = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } };
    expect(schemaOf(tree)).toEqual(tree);
    const named = property(
      { $ref: '#/$defs/node' },
      { $defs: { node: { properties: { next: { $ref: '#/$defs/node' } } } } },
    );
    expect(named.whole['$defs']).toEqual({ node: { properties: { next: { $ref: '#/$defs/node' } } } });
  });

  it('beside a reference draft-07 says nothing, 2020-12 does', () => {
    const given = { $ref: '#/definitions/s', minLength: 3, description: 'words' };
    const definitions = { s: { type: 'string' } };
    expect(property(given, { definitions }).schema).toMatchObject({ minLength: 3 });
    expect(
      property(given, { definitions, $schema: 'http://json-schema.org/draft-07/schema#' }),
    ).toMatchObject({
      schema: { $ref: '#/$defs/s', description: 'words' },
      dropped: [['/properties/p/minLength', 'beside $ref it means nothing in its dialect']],
    });
  });
});

describe('what is left out is named', () => {
  it.each<[string, Json, Json, string]>([
    ['a format nobody knows', { type: 'string', format: 'semver' }, { type: 'string' }, '/format'],
    ['a pattern with a look-ahead', { type: 'string', pattern: '^(?=a)b' }, { type: 'string' }, '/pattern'],
    ['a pattern that is none', { type: 'string', pattern: '(' }, { type: 'string' }, '/pattern'],
    ['a name pattern with a back reference', { patternProperties: { '(a)\\1': {}, '^b': {} } }, { patternProperties: { '^b': {} } }, '/patternProperties/(a)\\1'], // prettier-ignore
    ['a keyword nobody knows', { type: 'string', 'x-order': 1 }, { type: 'string' }, '/x-order'],
    ['a limit in words', { type: 'string', maxLength: '5' }, { type: 'string' }, '/maxLength'],
    ['a type nobody knows', { type: 'file' }, {}, '/type'],
    ['an empty enum', { enum: [] }, {}, '/enum'],
    ['required of draft-03', { type: 'string', required: true }, { type: 'string' }, '/required'],
    ['an if on its own', { if: { type: 'string' } }, {}, '/if'],
    ['a list that is none', { anyOf: {} }, {}, '/anyOf'],
    [
      'the content of a text',
      { type: 'string', contentEncoding: 'base64' },
      { type: 'string' },
      '/contentEncoding',
    ],
    ['an anchor', { type: 'string', $anchor: 'a' }, { type: 'string' }, '/$anchor'],
  ])('%s', (_, given, wanted, path) => {
    const { schema, dropped } = property(given);
    expect(schema).toEqual(wanted);
    expect(dropped).toEqual([[`/properties/p${path}`, expect.any(String)]]);
  });
});

describe('a hostile tool is refused with its place, and its neighbours are taken', () => {
  const deep = (levels: number): Json => (levels === 0 ? {} : { properties: { p: deep(levels - 1) } });
  const chain = (length: number) =>
    Object.fromEntries(Array.from({ length }, (_, i) => [`d${i}`, i + 1 < length ? { $ref: `#/$defs/d${i + 1}` } : {}])); // prettier-ignore
  it.each<[string, Json, string]>([
    ['a reference to itself', { $ref: '#' }, 'leads back to itself'],
    ['a circle', { properties: { p: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }, 'leads back to itself'], // prettier-ignore
    ['a circle by way of anyOf', { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ type: 'string' }, { not: { $ref: '#/$defs/a' } }] } } }, 'leads back to itself'], // prettier-ignore
    ['a chain without an end', { $ref: '#/$defs/d0', $defs: chain(5_000) }, 'deeper'],
    ['a reference to nothing', { $ref: '#/$defs/none' }, 'leads nowhere'],
    ['a reference elsewhere', { $ref: 'https://example.org/schema.json' }, 'out of the document'],
    ['a reference to a file', { $ref: '../../etc/passwd' }, 'out of the document'],
    ['a reference to a prototype', { $ref: '#/constructor' }, 'leads nowhere'],
    ['a reference that is a number', { $ref: 7 }, 'no reference'],
    ['a schema that is a text', 'object', 'no schema'],
    ['a schema inside that is a number', { properties: { p: 7 } }, 'no schema'],
    ['much of it', { properties: Object.fromEntries(Array.from({ length: 6_000 }, (_, i) => [`p${i}`, { type: 'string' }])) }, 'longer'], // prettier-ignore
  ])('%s', (_, inputSchema, message) => {
    const { tools, refused } = taken([{ name: 'bad', inputSchema }, MCP.result.tools[0]]);
    expect(tools.map(({ name }) => name)).toEqual(['read_text_file']);
    expect(refused).toMatchObject([{ path: expect.stringMatching(/^\/0\/inputSchema/) as string }]);
    expect(refused[0]?.message).toContain(message);
  });

  it.each<[string, unknown, string]>([
    ['no name', { inputSchema: {} }, 'has no name'],
    ['a name that is a number', { name: 7, inputSchema: {} }, 'has no name'],
    ['a name of which nothing is left', { name: '∅', inputSchema: {} }, 'no name a tool can have'],
    ['the name of another', { name: 'read_text_file', inputSchema: {} }, 'above it'],
    ['a name that becomes another’s', { name: 'read text_file ', inputSchema: {} }, 'above it'],
  ])('%s', (_, tool, message) => {
    const { tools, refused } = taken([MCP.result.tools[0], tool]);
    expect(tools).toHaveLength(1);
    expect(refused).toMatchObject([{ path: '/1' }]);
    expect(refused[0]?.message).toContain(message);
  });

  it('a document that is too deep, too large, or holds what no database keeps, is refused whole', () => {
    expect(refusedWhole({ tools: [{ name: 't', inputSchema: deep(60) }] })?.message).toContain('deeper');
    expect(refusedWhole(Array.from({ length: 200_001 }, () => 1))?.message).toContain('values');
    expect(refusedWhole([{ name: 't', description: '\0', inputSchema: {} }])).toMatchObject({
      path: '/0/description',
    });
    expect(refusedWhole(JSON.parse('[{"__proto__": {}}]'))).toMatchObject({ path: '/0/__proto__' });
    for (const value of [Infinity, NaN, undefined])
      expect(refusedWhole([{ name: 't', inputSchema: { maximum: value } }])).toMatchObject({
        path: '/0/inputSchema/maximum',
      });
    const circle: Record<string, unknown> = {};
    circle['tools'] = [circle];
    expect(refusedWhole(circle)?.message).toContain('deeper');
  });

  it('one definition that everybody uses is paid for each time', () => {
    const properties = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`p${i}`, {}]));
    const paths = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`/${i}`, { post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Big' } } } } } }])); // prettier-ignore
    const { tools, refused } = taken({
      openapi: '3.1.0',
      paths,
      components: { schemas: { Big: { properties } } },
    });
    expect(tools.length + refused.length).toBe(900);
    expect(refused.length).toBeGreaterThan(0);
  });
});

it('takes 500 tools, and refuses 1,001', () => {
  const many = (length: number) =>
    Array.from({ length }, (_, i) => ({ ...MCP.result.tools[1], name: `tool_${i}` }));
  expect(taken(many(500)).tools).toHaveLength(500);
  expect(refusedWhole(many(1_001))?.message).toContain('1001 tools');
});

it('whatever JSON it is given: nothing is thrown, and what is taken can be published', () => {
  const keyword = fc.constantFrom('type', 'properties', 'items', '$ref', 'enum', 'pattern', 'format', 'anyOf', 'not', 'if', 'then', 'nullable', 'required', 'minimum', 'exclusiveMinimum', 'dependencies', '$defs', 'definitions', 'additionalProperties', 'x'); // prettier-ignore
  const value = fc.oneof(
    fc.constantFrom<Json>('string', 'object', '#', '#/$defs/a', '#/definitions/a', true, false, null, 1, [], {}, ['a'], '^a'), // prettier-ignore
    fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
  );
  const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
    schema: fc.dictionary(keyword, fc.oneof({ depthSize: 'small' }, value, tie('schema'), fc.array(tie('schema'), { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'))), { maxKeys: 4, noNullPrototype: true }), // prettier-ignore
  }));
  let published = 0;
  fc.assert(
    fc.property(schema, (inputSchema) => {
      const result = importTools([{ name: 't', inputSchema }], compileSchema);
      if (!result.ok) return;
      for (const { name, schema: made } of result.tools) {
        compileSchema(made)({ a: 'a' });
        expect(
          PolicyEdit.safeParse({
            kind: 'tool',
            name,
            value: { class: 'read', justification: 'as a test says', schema: made },
          }).success,
        ).toBe(true);
        published += 1;
      }
    }),
    { numRuns: 20, seed: 11 },
  );
  expect(published).toBeGreaterThan(8);
});
