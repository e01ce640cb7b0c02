/** A search is what deciding says of each candidate, page by page. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { circumstances, factsOf, policyDocument } from '../../cases/arbitrary.js';
import { decide } from '../pipeline.js';
import type { Facts } from '../stage.js';
import type { EvaluationRequest, JsonObject } from '../vocabulary.js';
import { found, TRIED_MAX, triedFor } from './page.js';
import { actionsOn, keyOf, searchFor, toolsAfter, type Search } from './search.js';

const SPEAKER = { keyAssistants: ['bot'] };
const properties = fc.constantFrom<JsonObject>({}, { n: 2 }, { n: 0, arguments: { n: 1 } });
const bodies = fc
  .record({
    kind: fc.constantFrom('subject', 'resource', 'action'),
    type: fc.constantFrom('tool', 'note', 'room', 'spaceship'),
    id: fc.constantFrom('find', 'pay', 'note-1', 'nobody'),
    action: fc.constantFrom('tools/call', 'see', 'edit'),
    properties,
    limit: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ kind, type, id, action, limit, properties: of }) => ({
    search: {
      kind,
      body: {
        subject: { type: 'user', id: 'mia' },
        action: { name: action },
        resource: { type, id, properties: of },
      },
    } as Search,
    limit,
  }));

/** What the tenant has: subjects with their roles and levels, and registered resources. */
const SUBJECTS = ['ann', 'bob', 'eve', 'mia'];
const REGISTERED = ['note-1', 'note-2', 'pay'];

/** Policies in which somebody may do something: the rest of them is as it comes. */
const likely = policyDocument.map((document) => ({
  ...document,
  cells: [
    ...document.cells.filter(({ role }) => role !== 'one'),
    { role: 'one', tool: 'find', effect: 'allow' as const },
    { role: 'one', resourceType: 'note', action: 'see', effect: 'allow' as const },
    { role: 'one', resourceType: 'room', action: 'edit', effect: 'allow' as const },
  ],
  guardrails: {},
  assistants: {
    bot: {
      title: '',
      description: '',
      enabled: true,
      tools: ['find', 'pay'],
      resourceTypes: ['note', 'room'],
    },
  },
}));

test('every result is allowed when it is asked about, and nothing else is; on every page once', () => {
  let results = 0;
  let others = 0;
  fc.assert(
    fc.property(
      fc.oneof(policyDocument, { weight: 3, arbitrary: likely }),
      circumstances,
      bodies,
      fc.array(fc.constantFrom(['one'], ['two'], ['one', 'two'], []), { minLength: 4, maxLength: 4 }),
      (document, around, { search, limit }, roles) => {
        const policy = factsOf(document, around);
        const factsFor = ({ subject, resource }: EvaluationRequest): Facts => ({
          ...policy,
          caller: { id: 'key', assistants: ['bot'] },
          switches: around.switches.slice(0, 1),
          subject: SUBJECTS.includes(subject.id)
            ? {
                roles: roles.at(SUBJECTS.indexOf(subject.id)) ?? [],
                grants: {},
                attributes: { level: subject.id.length },
              }
            : null,
          resource: REGISTERED.includes(resource.id) ? { properties: { n: 2 } } : null,
        });
        const allowed = (candidate: string) => {
          const asked = searchFor(search, candidate, SPEAKER);
          expect(keyOf(search.kind, asked)).toBe(candidate);
          return decide(asked, factsFor(asked)).effect === 'allow';
        };
        const { type } = search.body.resource;
        const candidates = (after: string): string[] => {
          if (search.kind === 'action') return actionsOn(policy.policy, type, after);
          if (search.kind === 'resource' && type === 'tool') return toolsAfter(policy.policy, after);
          return (search.kind === 'subject' ? SUBJECTS : REGISTERED).filter((one) => one > after);
        };
        const all: string[] = [];
        const size = { limit, tries: 2 };
        for (let after: string | null = ''; after !== null;) {
          const tried = candidates(after).slice(0, size.tries + 1);
          const page = found(
            tried.map((key) => ({ key, allowed: allowed(key) })),
            size,
            after,
          );
          expect(page.results.length).toBeLessThanOrEqual(limit);
          all.push(...page.results);
          after = page.next;
        }
        const every = candidates('');
        expect(all).toEqual(every.filter(allowed));
        results += all.length;
        others += every.length - all.length;
      },
    ),
    { numRuns: 2_000, seed: 5 },
  );
  expect(results).toBeGreaterThan(150);
  expect(others).toBeGreaterThan(500);
});

test('an id of what is searched for changes nothing', () => {
  const body = { subject: { type: 'user' }, action: { name: 'see' }, resource: { type: 'note', id: '1' } };
  const search: Search = { kind: 'subject', body };
  const withId: Search = { kind: 'subject', body: { ...body, subject: { type: 'user', id: 'ann' } } };
  expect(searchFor(withId, 'bob', SPEAKER)).toEqual(searchFor(search, 'bob', SPEAKER));
  const withAction = { ...body, subject: { type: 'user', id: 'ann' } };
  expect(searchFor({ kind: 'action', body: withAction }, 'edit', SPEAKER).action).toEqual({
    name: 'edit',
    properties: {},
  });
});

test('a page of nothing holds nothing, and is not the last one', () => {
  const tried = [{ key: 'ann', allowed: true }];
  expect(found(tried, triedFor(0), '')).toEqual({ results: [], next: '' });
  expect(found([], triedFor(0), 'ann')).toEqual({ results: [], next: null });
});

test('a page has an end, whatever is asked for', () => {
  for (const limit of [undefined, 0, 1, 99, 100_000])
    expect(triedFor(limit).tries).toBeLessThanOrEqual(TRIED_MAX);
  expect(triedFor(1_000_000).limit).toBe(TRIED_MAX);
});
