import { z } from 'zod';
import { ofLists, together, type Direction } from '../direction.js';
import { Expression, Name, SeenText, SeenTitle } from '../../contract/fields.js';
import { named } from '../kind.js';

/**
 * A check on what is asked before it is done, the arguments of a tool above all: every `must` has to hold, else it is
 * denied with the message.
 */
export const Guardrail = z
  .strictObject({
    kind: z.literal('pre_tool'),
    title: SeenTitle,
    tools: z.array(Name),
    /** Types of resources beside tools: whatever is done to one of them. */
    resourceTypes: z.array(Name).optional(),
    enabled: z.boolean().default(true),
    /** Applies only when this holds; always when absent. */
    when: Expression.optional(),
    checks: z.array(z.strictObject({ name: Name, must: Expression, message: SeenText.min(1) })).min(1),
  })
  .refine(({ tools, resourceTypes = [] }) => tools.length + resourceTypes.length > 0, {
    message: 'name a tool or a type of resources',
    path: ['tools'],
  });
export type PolicyGuardrail = z.infer<typeof Guardrail>;

export const guardrail = named('guardrail', 'guardrails', Guardrail, {
  apart: ['title'],
  references: ({ tools, resourceTypes = [] }) => [
    ...tools.map((name, i) => ({ kind: 'tool' as const, name, path: ['tools', i] })),
    ...resourceTypes.map((name, i) => ({
      kind: 'resourceType' as const,
      name,
      path: ['resourceTypes', i],
    })),
  ],
  without(value, { kind, name }) {
    const left = (list: readonly string[], of: typeof kind) =>
      list.filter((one) => kind !== of || one !== name);
    const tools = left(value.tools, 'tool');
    const resourceTypes = left(value.resourceTypes ?? [], 'resourceType');
    if (tools.length + resourceTypes.length === 0) return null;
    return { ...value, tools, ...(value.resourceTypes !== undefined && { resourceTypes }) };
  },
  expressions: ({ when, checks }) => [
    ...(when === undefined ? [] : [{ path: ['when'], condition: when }]),
    ...checks.map(({ must }, i) => ({ path: ['checks', i, 'must'], condition: must })),
  ],
  direction({ before, after }, between) {
    const on = (one: PolicyGuardrail | null) => {
      const known = [
        ...(one?.tools.filter((name) => between.knows('tool', name)) ?? []),
        ...(one?.resourceTypes ?? [])
          .filter((name) => between.knows('resourceType', name))
          // No tool is called so.
          .map((name) => `${name}:`),
      ];
      return one?.enabled === true && known.length > 0 ? { ...one, known } : null;
    };
    const was = on(before);
    const is = on(after);
    if (was === null) return is === null ? 'neutral' : 'narrows';
    if (is === null) return 'widens';
    return together([
      ofLists(is.known, was.known),
      ofApplies(was.when?.trim(), is.when?.trim()),
      ...ofChecks(was.checks, is.checks),
    ]);
  },
});

/** The condition under which it applies: one that nobody can answer denies, so less of it is no more. */
function ofApplies(before: string | undefined, after: string | undefined): Direction {
  const was = before ?? 'true';
  const is = after ?? 'true';
  if (was === is) return 'neutral';
  if (is === 'false' || was === 'true') return 'widens';
  return was === 'false' ? 'narrows' : 'read_it_yourself';
}

type Checks = PolicyGuardrail['checks'];

function ofChecks(before: Checks, after: Checks): Direction[] {
  const was = before.map(({ must }) => must.trim());
  const is = after.map(({ must }) => must.trim());
  const gone = was.filter((must) => must !== 'true' && !is.includes(must));
  const added = is.filter((must) => must !== 'true' && !was.includes(must));
  // One that always fails leaves nothing for the others to stop.
  if (is.includes('false')) return [was.includes('false') ? 'neutral' : 'narrows'];
  if (gone.length === 0) return [added.length === 0 ? 'neutral' : 'narrows'];
  return [added.length === 0 || gone.includes('false') ? 'widens' : 'read_it_yourself'];
}
