/**
 * Whatever text, number or instant people, their automation or a stranger send, in whatever place: the answer says
 * where it is wrong, and is never a failure of ours. Walks the schema and the REST document, so that a new input is in.
 */
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import openapi from '../openapi.json' with { type: 'json' };
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { rootFields, sampled, type RootField } from './support/schema-walk.js';

let reeve: TestApp;
let admin: Credential;

beforeAll(async () => {
  reeve = await startApp();
  admin = await reeve.addAdmin();
  await reeve.publish(await reeve.addTenant('alpha'), EDITS);
});
afterAll(() => reeve.close());

const UNSTORABLE = ['NUL \0 in it', 'half \uD800 a pair', '\uDFFF'];
const NOTHING_SEEN = ['\u200B'.repeat(30), '\u3164'.repeat(30), '\u00A0\u2028\uFEFF'.repeat(10), ''];
const TURNED = ['safe \u202Eetator\u202C name', 'a \u2066b\u2069 c name'];
const INSTANTS = [
  '2026-02-30T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '294277-01-01T00:00:00Z',
  '+294277-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-01-01T25:00:00Z',
  '\0',
];
/** Where a person has to be able to read it. */
const READ = new Set(['reason', 'name']);

const usual = (replaced?: string, by?: unknown) => ({
  scalar: (name: string, at: string): unknown => {
    if (at === replaced) return by;
    if (at === 'tenant') return 'alpha';
    if (at === 'reason') return REASON;
    return (
      {
        Int: 1,
        Float: 1,
        Boolean: false,
        DateTime: '2026-11-01T00:00:00Z',
        JSON: {},
        ID: '0b7a4f7e-8a4e-4f0c-9d5e-2f5d0f6f7a11',
      }[name] ?? 'text'
    );
  },
});

interface Place {
  readonly field: RootField;
  readonly at: string;
  readonly scalar: string;
}

/** Every scalar in every argument, however deep. */
const places = (): Place[] =>
  rootFields(reeve.app).flatMap((field) =>
    field.args.flatMap((arg: GraphQLArgument) =>
      scalarsIn(arg.type, arg.name).map(({ at, scalar }) => ({ field, at, scalar })),
    ),
  );

function scalarsIn(type: GraphQLInputType, at: string): { at: string; scalar: string }[] {
  if (isNonNullType(type)) return scalarsIn(type.ofType, at);
  if (isListType(type)) return scalarsIn(type.ofType, `${at}/0`);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).flatMap((field) => scalarsIn(field.type, `${at}/${field.name}`));
  return [{ at, scalar: getNamedType(type).name }];
}

const ask = ({ field, at }: Place, value: unknown) =>
  reeve.graphql(admin, field.operation, sampled(field.args, usual(at, value)));

/** A subscription answers on a socket; that its guard is the same is held by subscriptions-are-live-and-end. */
const overHttp = (scalars: readonly string[]) =>
  places().filter(({ field, scalar }) => field.kind !== 'subscription' && scalars.includes(scalar));

it.each(UNSTORABLE.map((text) => [JSON.stringify(text), text]))(
  'every text argument refuses %s with its path',
  async (_, text) => {
    const found = overHttp(['String', 'ID']);
    expect(found.length).toBeGreaterThanOrEqual(80);
    for (const place of found) {
      const { code, errors } = await ask(place, text);
      const where = `${place.field.name} ${place.at}`;
      expect(code, where).toBe('BAD_USER_INPUT');
      expect(errors[0]!.extensions['errors'], where).toContainEqual(
        expect.objectContaining({ path: place.at }),
      );
    }
  },
);

it('every text argument has an end', async () => {
  for (const place of overHttp(['String', 'ID'])) {
    const { code } = await ask(place, 'x'.repeat(100_000));
    expect(code, `${place.field.name} ${place.at}`).toBe('BAD_USER_INPUT');
  }
});

it('every JSON argument refuses what cannot be kept, in values, in names and in numbers', async () => {
  const found = overHttp(['JSON']);
  expect(found.length).toBeGreaterThanOrEqual(3);
  for (const place of found)
    for (const value of [...UNSTORABLE, { a: ['\0'] }, { '\uD800': 1 }]) {
      const { code, errors } = await ask(place, value);
      const where = `${place.field.name} ${place.at} ${JSON.stringify(value)}`;
      expect(code, where).toBe('BAD_USER_INPUT');
      expect(JSON.stringify(errors[0]!.extensions['errors']), where).toContain(place.at);
    }
});

it('no JSON of people means two things: a number no double holds, a member given twice', async () => {
  const save = (edits: string) =>
    reeve.inject({
      method: 'POST',
      url: '/graphql',
      headers: { cookie: admin.cookie!, origin: 'http://localhost:80', 'content-type': 'application/json' },
      payload: `{"query": "mutation ($edits: [JSON!]!) { savePolicyDraft(tenant: \\"alpha\\", baseRevision: 1, edits: $edits, expectedVersion: 0) { version } }",
        "variables": {"edits": ${edits}}}`,
    });
  for (const [edits, path] of [
    ['[{"maximum": 9007199254740993}]', '/variables/edits/0/maximum'],
    ['[{"maximum": 1e400}]', '/variables/edits/0/maximum'],
    ['[{"limit": 5, "limit": 500}]', '/variables/edits/0/limit'],
  ] as const) {
    const answer = await save(edits);
    expect(answer.statusCode, edits).toBe(400);
    expect(answer.json<{ errors: { extensions: unknown }[] }>().errors[0]!.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      errors: [{ path }],
    });
  }
  const written = await reeve.inject({
    method: 'POST',
    url: '/graphql',
    headers: { cookie: admin.cookie!, origin: 'http://localhost:80' },
    payload: {
      query: `mutation { savePolicyDraft(tenant: "alpha", baseRevision: 1, expectedVersion: 0,
        edits: [{ maximum: 9007199254740993 }]) { version } }`,
    },
  });
  expect(written.body).toContain('a number that a double cannot hold');
  expect(written.body).toContain('BAD_USER_INPUT');
});

it('a reason and a name are seen, and a name does not turn the text around it', async () => {
  const read = overHttp(['String']).filter(({ field, at }) => field.kind === 'mutation' && READ.has(at));
  expect(read.length).toBeGreaterThanOrEqual(15);
  for (const place of read)
    for (const text of [...NOTHING_SEEN, ...(place.at === 'name' ? TURNED : [])]) {
      const { code, errors } = await ask(place, text);
      const where = `${place.field.name} ${place.at} ${JSON.stringify(text)}`;
      expect(errors, where).not.toEqual([]);
      // Some stop before they look at it, because what they are about is not there.
      expect(['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT'], where).toContain(code);
    }
});

it('every instant is a day there is, in years that can be kept', async () => {
  const found = overHttp(['DateTime']);
  expect(found.length).toBeGreaterThanOrEqual(7);
  for (const place of found)
    for (const text of INSTANTS) {
      const { code, errors } = await ask(place, text);
      const where = `${place.field.name} ${place.at} ${text}`;
      expect(code, where).toBe('BAD_USER_INPUT');
      expect(errors[0]!.extensions['errors'], where).toMatchObject([{ path: place.at }]);
    }
});

it('no input of any kind is our failure', async () => {
  const odd: readonly unknown[] = [
    TURNED[0],
    NOTHING_SEEN[0],
    "'; DROP TABLE member; --",
    '%_\\',
    '../../etc/passwd',
    '9'.repeat(400),
    'WyJcdTAwMDAiLCJcdTAwMDAiXQ',
    2 ** 31 - 1,
    -(2 ** 31),
  ];
  for (const place of overHttp(['String', 'ID', 'Int', 'JSON', 'DateTime']))
    for (const value of odd) {
      if ((typeof value === 'number') !== (place.scalar === 'Int')) continue;
      const { code, status } = await ask(place, value);
      const where = `${place.field.name} ${place.at} ${JSON.stringify(value)}`;
      expect(status, where).toBeLessThan(500);
      expect(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE'], where).not.toContain(code);
    }
});

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
}
const schemas = openapi.components.schemas as unknown as Readonly<Record<string, Schema>>;
const agentRoutes = /^\/(access\/v1|v1\/outcomes)/;

describe('over REST', () => {
  const bodies = Object.entries(
    openapi.paths as unknown as Record<
      string,
      { post?: { requestBody?: { content: Record<string, { schema: Schema }> } } }
    >,
  ).flatMap(([url, { post }]) => {
    const ref = post?.requestBody?.content['application/json']?.schema.$ref;
    if (ref === undefined || agentRoutes.test(url)) return [];
    return [[url, schemas[ref.split('/').at(-1)!]!.properties ?? {}] as const];
  });

  it('is asked in every body of people', () => {
    expect(bodies.map(([url]) => url)).toEqual(
      expect.arrayContaining(['/auth/sign-in', '/auth/link/new-account', '/auth/set-up', '/auth/password']),
    );
  });

  it.each(bodies)('%s refuses what cannot be kept, signed in or not', async (url, properties) => {
    const usualBody = Object.fromEntries(
      Object.keys(properties).map((name) => [name, 'some text that is long']),
    );
    for (const name of Object.keys(properties))
      for (const text of UNSTORABLE)
        for (const who of [null, admin])
          for (const payload of [
            { ...usualBody, [name]: text },
            { ...usualBody, [name]: { nested: text } },
          ]) {
            const answer = await reeve.inject({
              method: 'POST',
              url,
              headers: who === null ? {} : { cookie: who.cookie!, origin: 'http://localhost:80' },
              payload,
            });
            expect(answer.statusCode, `${url} ${name}`).toBe(422);
            expect(JSON.stringify(answer.json<{ errors: unknown }>().errors)).toContain(`/${name}`);
          }
  });

  it('the export refuses what cannot be kept in each of its questions, and days there are not', async () => {
    const get = (query: string) =>
      reeve.inject({
        method: 'GET',
        url: `/v1/audit/export?tenant=alpha&${query}`,
        headers: { cookie: admin.cookie! },
      });
    for (const name of [
      'reason',
      'action',
      'target',
      'reasonCode',
      'actorId',
      'text',
      'kind',
      'format',
      'fromSeq',
    ])
      expect((await get(`${name}=%00`)).statusCode, name).toBe(422);
    expect(
      (await get('reason=%E2%80%8B%E2%80%8B%E2%80%8B%E2%80%8B%E2%80%8B%E2%80%8B%E2%80%8B%E2%80%8B%E2%80%8B'))
        .statusCode,
    ).toBe(422);
    for (const at of ['2026-02-30T00:00:00Z', '0001-01-01T00:00:00Z', '294277-01-01T00:00:00Z'])
      for (const name of ['from', 'to']) expect((await get(`${name}=${at}`)).statusCode, at).toBe(422);
    expect(
      (
        await reeve.inject({
          method: 'GET',
          url: '/v1/audit/export?tenant=%00',
          headers: { cookie: admin.cookie! },
        })
      ).statusCode,
    ).toBe(422);
  });
});
