import { expect, it } from 'vitest';
import { DESTINATIONS, landingOf } from './destinations.js';
import { placeOf } from './places.js';

it('each key goes to one page, and each kind of thing is looked at on one', () => {
  const keys = DESTINATIONS.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const kinds = DESTINATIONS.flatMap(({ shows = {} }) => Object.keys(shows));
  expect(new Set(kinds).size).toBe(kinds.length);
});

it('what the palette found is in view on its page', () => {
  const params = { scope: 'acme' };
  expect(placeOf('acme', { kind: 'tool', id: 'pay' })).toEqual({
    to: '/$scope/tools',
    params,
    search: { tool: 'pay' },
  });
  expect(placeOf('acme', { kind: 'role', id: 'clerk' })).toEqual({
    to: '/$scope/permissions',
    params,
    search: { tab: 'roles', open: 'clerk' },
  });
  expect(placeOf('acme', { kind: 'revision', id: '7' }).search).toEqual({ tab: 'history', base: 6, vs: 7 });
});

it('somebody with one role only begins at the page of that role, everybody else at the overview', () => {
  expect(landingOf('acme', ['auditor']).to).toBe('/$scope/audit');
  expect(landingOf('acme', ['approver'])).toEqual({
    to: '/$scope/evaluations',
    params: { scope: 'acme' },
    search: { effect: ['approve', 'confirm'], t: '7d' },
  });
  for (const roles of [[], ['owner'], ['auditor', 'approver'], ['auditor', 'viewer']])
    expect(landingOf('acme', roles)).toEqual({ to: '/$scope', params: { scope: 'acme' }, search: {} });
});
