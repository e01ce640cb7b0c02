import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EvaluationBody,
  evaluationJsonSchema,
  endsBatch,
  envelopeJsonSchema,
  EvaluationsEnvelope,
  IGNORED_MAX,
  ignoredInItem,
  ignoredMembers,
  toRequest,
  unpack,
} from './evaluation.js';

const ajv = new Ajv2020({ allErrors: true, strict: false });
const valid = ajv.compile(evaluationJsonSchema());
const validAll = ajv.compile(envelopeJsonSchema());

const minimal = {
  subject: { type: 'user', id: 'mia' },
  action: { name: 'tools/call' },
  resource: { type: 'tool', id: 'find' },
};
const full = {
  ...minimal,
  resource: { type: 'tool', id: 'find', properties: { arguments: { a: 1 } } },
  context: {
    agent: 'support',
    run_id: 'r',
    thread_id: 't',
    channel: 'sub_agent',
    inputs: [{ source: 'tool:search', trust: 'untrusted', digest: 'sha256:0' }],
    trace_id: 'x',
    span_id: 'y',
    idempotency_key: 'z',
    approval: { id: 'p' },
  },
};

describe('the schema of a question', () => {
  test.each([
    ['the least', minimal],
    ['everything', full],
    [
      'members nobody knows',
      { ...full, extra: 1, subject: { ...full.subject, extra: 1 }, context: { ...full.context, extra: [] } },
    ],
  ])('accepts %s', (_, body) => {
    expect([valid(body), EvaluationBody.safeParse(body).success]).toEqual([true, true]);
  });

  test.each([
    ['no subject', { ...minimal, subject: undefined }],
    ['no action', { ...minimal, action: undefined }],
    ['no resource', { ...minimal, resource: undefined }],
    ['an id that is a number', { ...minimal, subject: { type: 'user', id: 7 } }],
    ['an empty id', { ...minimal, subject: { type: 'user', id: '' } }],
    ['a name that is too long', { ...minimal, action: { name: 'x'.repeat(257) } }],
    ['properties that are a list', { ...minimal, resource: { ...minimal.resource, properties: [] } }],
    ['a channel nobody knows', { ...full, context: { channel: 'telepathy' } }],
    ['a context that is a text', { ...minimal, context: 'here' }],
    ['a list', [minimal]],
    ['nothing', null],
  ])('refuses %s', (_, body) => {
    const sent = JSON.parse(JSON.stringify(body)) as unknown;
    expect([valid(sent), EvaluationBody.safeParse(sent).success]).toEqual([false, false]);
  });

  test('says the same to a compiled validator as to zod', () => {
    const body = fc.record(
      {
        subject: fc.oneof(fc.constant(full.subject), fc.jsonValue()),
        action: fc.oneof(fc.constant(full.action), fc.jsonValue()),
        resource: fc.oneof(fc.constant(full.resource), fc.jsonValue()),
        context: fc.oneof(fc.constant(full.context), fc.jsonValue()),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    const said = { fits: 0, fails: 0 };
    fc.assert(
      fc.property(body, (one) => {
        const fits = EvaluationBody.safeParse(one).success;
        said[fits ? 'fits' : 'fails'] += 1;
        expect(valid(one)).toBe(fits);
      }),
      { numRuns: 1000, seed: 20 },
    );
    expect(said.fits).toBeGreaterThan(30);
    expect(said.fails).toBeGreaterThan(30);
  });
});

describe('toRequest', () => {
  test('takes what Reeve knows out of the body', () => {
    expect(toRequest(full as EvaluationBody, { keyAssistants: ['other'] })).toEqual({
      subject: { type: 'user', id: 'mia', properties: {} },
      action: { name: 'tools/call', properties: {} },
      resource: full.resource,
      arguments: { a: 1 },
      assistant: 'support',
      channel: 'sub_agent',
      runId: 'r',
      threadId: 't',
      context: full.context,
    });
  });

  test('assumes nobody is watching and no arguments', () => {
    expect(toRequest(minimal, { keyAssistants: [] })).toMatchObject({
      channel: 'background',
      arguments: {},
      assistant: null,
      runId: null,
      context: {},
    });
  });

  test.each([
    [['support'], 'support'],
    [['support', 'other'], null],
    [[], null],
  ])('a key for %j that names no assistant speaks for %s', (keyAssistants, assistant) => {
    expect(toRequest(minimal, { keyAssistants }).assistant).toBe(assistant);
  });

  test('arguments cannot say who asks', () => {
    const body = {
      ...minimal,
      resource: {
        ...minimal.resource,
        properties: { arguments: { agent: 'x', context: { agent: 'x' }, subject: 'x' } },
      },
    };
    expect(toRequest(body, { keyAssistants: ['support'] })).toMatchObject({
      assistant: 'support',
      subject: { id: 'mia' },
    });
  });

  test('arguments that are null or no object are given as they are: the tool’s schema says no', () => {
    for (const args of [null, 'x', [1]])
      expect(
        toRequest(
          { ...minimal, resource: { ...minimal.resource, properties: { arguments: args } } },
          { keyAssistants: [] },
        ).arguments,
      ).toBe(args);
  });

  test('any body its schema accepts becomes a request', () => {
    const body = fc.record({
      ...Object.fromEntries(Object.entries(minimal).map(([name, value]) => [name, fc.constant(value)])),
      context: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())),
    }) as fc.Arbitrary<unknown>;
    let accepted = 0;
    fc.assert(
      fc.property(body, (one) => {
        const parsed = EvaluationBody.safeParse(one);
        if (!parsed.success) return;
        accepted += 1;
        expect(toRequest(parsed.data, { keyAssistants: [] }).subject.id).toBe('mia');
      }),
      { numRuns: 500, seed: 20 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});

describe('ignoredMembers', () => {
  test('names what means nothing to Reeve, as JSON Pointers', () => {
    const body = {
      ...full,
      subjects: 1,
      subject: { ...full.subject, name: 'Mia' },
      action: { ...full.action, 'a/b': 1 },
      context: {
        ...full.context,
        runid: 'r',
        inputs: [{ source: 's' }, { source: 's', kind: 'k' }],
        approval: { id: 'p', by: 'q' },
      },
    };
    expect(ignoredMembers(body)).toEqual([
      '/subjects',
      '/subject/name',
      '/action/a~1b',
      '/context/inputs',
      '/context/idempotency_key',
      '/context/approval',
      '/context/runid',
    ]);
  });

  test('names what no stage reads yet: nothing may rest on it', () => {
    expect(ignoredMembers(full)).toEqual([
      '/context/inputs',
      '/context/idempotency_key',
      '/context/approval',
    ]);
  });

  test('looks at each of several questions, after what they share', () => {
    const item = { ...minimal, context: { runid: 1 }, x: 1 };
    const shared = ignoredMembers({ evaluations: [minimal, item], options: { speed: 'fast' } });
    expect(shared).toEqual(['/options/speed']);
    expect(ignoredInItem(item, 1, shared)).toEqual([
      '/options/speed',
      '/evaluations/1/x',
      '/evaluations/1/context/runid',
    ]);
    expect(ignoredInItem('no question', 0, [])).toEqual([]);
  });

  test('names so many and no more: each of many answers says it again', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, i]));
    expect(ignoredMembers({ ...minimal, ...many })).toHaveLength(IGNORED_MAX);
    expect(ignoredInItem(many, 0, ignoredMembers(many))).toHaveLength(IGNORED_MAX);
  });

  test('properties are the caller’s own', () => {
    expect(
      ignoredMembers({
        ...minimal,
        subject: { ...minimal.subject, properties: { anything: { at: 'all' } } },
      }),
    ).toEqual([]);
  });

  test('takes anything', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(Array.isArray(ignoredMembers(body))).toBe(true);
      }),
    );
  });
});

describe('unpack', () => {
  const { subject, action, resource } = minimal;

  test.each([
    ['no evaluations', minimal],
    ['none in the list', { ...minimal, evaluations: [] }],
  ])('%s: one question', (_, body) => {
    expect(unpack(body)).toBeNull();
  });

  test('defaults are filled in, and what a question says replaces them whole', () => {
    const own = { type: 'user', id: 'ann' };
    const boxcar = unpack({
      subject: { ...subject, properties: { vip: true } },
      action,
      context: { run_id: 'r' },
      evaluations: [{ resource }, { resource, subject: own, context: {} }],
      options: { evaluations_semantic: 'deny_on_first_deny' },
    });
    expect(boxcar).toEqual({
      semantic: 'deny_on_first_deny',
      questions: [
        { subject: { ...subject, properties: { vip: true } }, action, resource, context: { run_id: 'r' } },
        { subject: own, action, resource, context: {} },
      ],
    });
  });

  test('a question that is wrong is left as wrong as it is', () => {
    expect(unpack({ subject, action, evaluations: [{ resource: 7 }, {}, 'text', null] })?.questions).toEqual([
      { subject, action, resource: 7 },
      { subject, action },
      'text',
      null,
    ]);
  });

  test.each([
    ['a semantic nobody knows', { ...minimal, options: { evaluations_semantic: 'guess' } }],
    ['more questions than fit', { ...minimal, evaluations: Array.from({ length: 257 }, () => ({})) }],
    ['questions that are no list', { ...minimal, evaluations: {} }],
    ['a default that is none', { subject: 'mia', evaluations: [minimal] }],
  ])('%s is refused', (_, body) => {
    expect([validAll(body), EvaluationsEnvelope.safeParse(body).success]).toEqual([false, false]);
  });

  test('a question that is wrong does not make the envelope wrong', () => {
    const body = { evaluations: [minimal, null, 'text', { subject: 7 }] };
    expect([validAll(body), EvaluationsEnvelope.safeParse(body).success]).toEqual([true, true]);
  });
});

test('a batch ends with the answer that its semantic names', () => {
  expect([endsBatch('execute_all', true), endsBatch('execute_all', false)]).toEqual([false, false]);
  expect([endsBatch('deny_on_first_deny', true), endsBatch('deny_on_first_deny', false)]).toEqual([
    false,
    true,
  ]);
  expect([endsBatch('permit_on_first_permit', true), endsBatch('permit_on_first_permit', false)]).toEqual([
    true,
    false,
  ]);
});
