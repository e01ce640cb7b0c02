import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import { explainTool } from './explain-tool.js';
import { isGrant, ofClass, toolStandings } from './tool-standing.js';

const TOOLS = ['find', 'pay', 'wipe', 'a/b', 'unheard_of'];

test('what stands beside a tool is what is explained of each of its cells', () => {
  const seen = { roles: 0, inherited: 0, silent: 0, quotas: 0 };
  fc.assert(
    fc.property(policyDocument, (document) => {
      const standingOf = toolStandings(document);
      for (const tool of TOOLS) {
        const { roles, quotas } = standingOf(tool);
        for (const role of Object.keys(document.roles)) {
          const said = explainTool(document, role, tool);
          const stands = roles.find((one) => one.role === role);
          expect(stands?.effect ?? 'none').toBe(ofClass(said.answer.effect, said.toolClass));
          expect(stands?.inheritedFrom ?? null).toBe(said.cells[0]?.inherited ? said.cells[0].role : null);
          for (const { name } of said.quotas) expect(quotas.map((one) => one.name)).toContain(name);
          if (stands === undefined) seen.silent += 1;
          else seen.roles += 1;
          if (stands?.inheritedFrom != null) seen.inherited += 1;
          seen.quotas += said.quotas.length;
        }
      }
    }),
    { numRuns: 200, seed: 6 },
  );
  for (const often of Object.values(seen)) expect(often).toBeGreaterThan(50);
});

test('only an allowance and a question are grants', () => {
  expect((['allow', 'approve', 'deny', 'none', undefined] as const).filter(isGrant)).toEqual([
    'allow',
    'approve',
  ]);
});
