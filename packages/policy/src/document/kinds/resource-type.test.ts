import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW } from '../../../cases/arbitrary.js';
import { decide } from '../../pipeline.js';
import { directionOf, Between } from '../../review/direction.js';
import { effectsOf } from '../../review/effects.js';
import { explainTool } from '../../review/explain-tool.js';
import { effectWords } from '../../review/words.js';
import { StateMap } from '../../state/states.js';
import { loosenedStops } from '../../stops/loosened.js';
import { TOOL_CLASSES, type EvaluationRequest } from '../../vocabulary.js';
import { checkPolicy, parsePolicy } from '../check.js';
import { compilePolicy } from '../compile.js';
import { diffPolicies } from '../diff.js';
import { applyEdits } from '../edits.js';
import { PolicyDocument, PolicyEdit } from '../policy-document.js';
import { changeResourceType, removal } from '../removals.js';
import { ResourceType, type PolicyResourceType } from './resource-type.js';

const ACTIONS = {
  read: { class: 'read' as const, title: '' },
  write: { class: 'write' as const, title: '' },
};
const RECORD = ResourceType.parse({ actions: ACTIONS });

const parsed = (over: object = {}): PolicyDocument => {
  const result = parsePolicy({
    tools: {},
    resourceTypes: {
      record: { actions: { read: { class: 'read' }, write: { class: 'write' } } },
    },
    roles: { clerk: {}, chief: { inherits: ['clerk'] } },
    cells: [
      { role: 'clerk', resourceType: 'record', action: 'read', effect: 'allow' },
      {
        role: 'clerk',
        resourceType: 'record',
        action: 'write',
        effect: 'allow',
        when: 'action.properties.ok',
      },
    ],
    guardrails: {},
    quotas: { writes: { per: 'user', toolClass: 'write', limit: 3, windowSeconds: 60 } },
    assistants: { desk: { tools: [], resourceTypes: ['record'] } },
    ...over,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.document;
};
const base = parsed();
const typed = (change: Partial<PolicyResourceType>): PolicyDocument => ({
  ...base,
  resourceTypes: { record: { ...RECORD, ...change } },
});

describe('a document', () => {
  it.each([
    [
      '/resourceTypes/tool',
      { resourceTypes: { tool: { actions: { read: { class: 'read' } } } }, cells: [], assistants: {} },
    ],
    [
      '/cells/0/action',
      { cells: [{ role: 'clerk', resourceType: 'record', action: 'burn', effect: 'deny' }] },
    ],
    [
      '/cells/0/resourceType',
      { cells: [{ role: 'clerk', resourceType: 'ship', action: 'read', effect: 'deny' }] },
    ],
    ['/assistants/desk/resourceTypes/0', { assistants: { desk: { tools: [], resourceTypes: ['ship'] } } }],
    [
      '/quotas/q/action',
      { quotas: { q: { per: 'user', resourceType: 'record', action: 'burn', limit: 1, windowSeconds: 1 } } },
    ],
  ])('makes no sense with %s', (path, over) => {
    expect(checkPolicy(parsed(over)).map((one) => one.path)).toEqual([path]);
  });

  it.each([
    [{ role: 'clerk', effect: 'allow' }],
    [{ role: 'clerk', tool: 'a', resourceType: 'record', action: 'read', effect: 'allow' }],
    [{ role: 'clerk', resourceType: 'record', effect: 'allow' }],
    [{ role: 'clerk', tool: 'a', action: 'read', effect: 'allow' }],
  ])('has no cell that is about nothing, or two things: %j', (cell) => {
    const { effect, ...place } = cell;
    expect(PolicyDocument.safeParse({ ...base, cells: [cell] }).success).toBe(false);
    expect(PolicyEdit.safeParse({ kind: 'cell', ...place, value: { effect } }).success).toBe(false);
  });
});

describe('removing', () => {
  it('a type takes along what names it; an action, the cells and quotas about it', () => {
    expect(checkPolicy(applyEdits(base, removal(base, 'resourceType', 'record')))).toEqual([]);
    const { write: _, ...actions } = ACTIONS;
    const quota = { per: 'user', resourceType: 'record', action: 'write', limit: 1, windowSeconds: 60 };
    const before = parsed({ quotas: { q: quota } });
    const after = applyEdits(before, changeResourceType(before, 'record', { ...RECORD, actions }));
    expect(checkPolicy(after)).toEqual([]);
    expect(after.cells.map(({ action }) => action)).toEqual(['read']);
    expect(after.quotas).toEqual({});
  });

  it('an allow of an action that becomes human-only becomes Ask', () => {
    const actions = {
      ...ACTIONS,
      read: { class: 'human_only' as const, title: '' },
    };
    const after = applyEdits(base, changeResourceType(base, 'record', { ...RECORD, actions }));
    expect(checkPolicy(after)).toEqual([]);
    expect(after.cells[0]?.effect).toBe('approve');
  });
});

describe('a review', () => {
  it('names everybody whose answer for an action is another one', () => {
    const after = { ...base, cells: base.cells.slice(1) };
    const words = effectsOf(base, after).map(effectWords);
    expect(words.map(({ name, tool, before, after: to }) => [name, tool, before, to])).toEqual([
      ['chief', 'record:read', 'Allow', 'No'],
      ['clerk', 'record:read', 'Allow', 'No'],
    ]);
  });

  it('says that a class is counted otherwise', () => {
    const read = { class: 'write' as const, title: '' };
    const effects = effectsOf(base, typed({ actions: { ...ACTIONS, read } }));
    expect(effects.filter(({ kind }) => kind === 'counting')).toMatchObject([
      { quota: 'writes', tool: 'record:read', counts: true },
    ]);
  });

  it('says why a role may or may not', () => {
    expect(explainTool(base, 'chief', 'record:read')).toMatchObject({
      effective: 'allow',
      toolClass: 'read',
      assistants: ['desk'],
      quotas: [],
    });
    expect(explainTool(base, 'chief', 'record:burn')).toMatchObject({ effective: 'none' });
  });
});

it('a stop of a class is not walked around by another class', () => {
  const stop = { scope: 'tool_class', target: 'write', mode: 'stopped' } as const;
  const write = { class: 'read' as const, title: '' };
  const after = typed({ actions: { ...ACTIONS, write } });
  expect(loosenedStops([stop], base, after)).toEqual([{ stop, path: '/resourceTypes/record' }]);
  expect(loosenedStops([stop], base, base)).toEqual([]);
});

it('no change of a type that is called narrow or neutral lets anything through', () => {
  const action = fc.record({ class: fc.constantFrom(...TOOL_CLASSES), title: fc.constant('') });
  const type = fc.record({
    title: fc.constant(''),
    description: fc.constant(''),
    actions: fc.record({ read: action, write: action }, { requiredKeys: ['read'] }),
    schema: fc.constantFrom({}, { type: 'object', required: ['status'] }, { required: ['n'] }),
    register: fc.constantFrom('required' as const, 'optional' as const),
  }) as fc.Arbitrary<PolicyResourceType>;
  let narrow = 0;
  let denied = 0;
  fc.assert(
    fc.property(
      type,
      type,
      fc.constantFrom('read', 'write'),
      fc.constantFrom({}, { status: 1 }, { n: 1 }),
      fc.boolean(),
      fc.constantFrom(
        [],
        [
          { scope: 'tool_class', target: 'write' },
          { scope: 'tenant', target: '' },
        ],
      ),
      (one, other, name, properties, registered, stops) => {
        const become = (of: PolicyResourceType) => applyEdits(base, changeResourceType(base, 'record', of));
        const [before, after] = [become(one), become(other)] as const;
        const between = new Between(before, after);
        const changes = diffPolicies(before, after);
        if (!changes.every((change) => ['narrows', 'neutral'].includes(directionOf(change, between)))) return;
        narrow++;
        const request: EvaluationRequest = {
          subject: { type: 'user', id: 'mia', properties: {} },
          action: { name, properties: { ok: true } },
          resource: { type: 'record', id: 'r-1', properties },
          arguments: {},
          assistant: 'desk',
          channel: 'interactive',
          runId: null,
          threadId: null,
          context: {},
        };
        const effect = (document: PolicyDocument) =>
          decide(request, {
            id: 'evaluation',
            now: NOW,
            caller: { id: 'key', assistants: [] },
            subject: { roles: ['clerk'], grants: {} },
            resource: registered ? { properties: {} } : null,
            switches: stops.map((stop) => ({ ...stop, id: '1', mode: 'read_only', reason: '' })),
            policy: compilePolicy(document),
            state: new StateMap(),
          }).effect;
        if (effect(before) === 'allow') return;
        denied++;
        expect(effect(after)).not.toBe('allow');
      },
    ),
    { numRuns: 3_000, seed: 9 },
  );
  expect(narrow).toBeGreaterThan(200);
  expect(denied).toBeGreaterThan(100);
});
