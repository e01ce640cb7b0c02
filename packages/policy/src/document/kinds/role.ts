import { z } from 'zod';
import { circleAt } from '../../matrix/inheritance.js';
import { together, type Between, type Direction } from '../direction.js';
import { Name, Text, Title } from '../../contract/fields.js';
import { named } from '../kind.js';

export const Role = z.strictObject({
  title: Title.default(''),
  description: Text.default(''),
  /** Roles whose cells this one has too. Acyclic. */
  inherits: z.array(Name).default([]),
});
export type PolicyRole = z.infer<typeof Role>;

export const role = named('role', 'roles', Role, {
  apart: ['title'],
  references: ({ inherits }) =>
    inherits.map((name, i) => ({ kind: 'role' as const, name, path: ['inherits', i] })),
  without: (value, { name }) => ({ ...value, inherits: value.inherits.filter((one) => one !== name) }),
  problems: (_, name, { roles }: { readonly roles: Readonly<Record<string, PolicyRole>> }) =>
    circleAt(roles, name) ? [{ path: ['inherits'], message: 'a role cannot inherit itself' }] : [],
  ends: () => false,
  direction({ name, before }, between) {
    // Nobody has a new role yet, and whoever inherits it is a change of its own.
    if (before === null) return 'neutral';
    const had = between.was.closure(name);
    const has = between.is.closure(name);
    const lost = had.filter((one) => !has.includes(one));
    const gained = has.filter((one) => !had.includes(one));
    if (lost.length + gained.length === 0) return 'neutral';
    return together([
      between.mentions('roles') ? 'read_it_yourself' : 'neutral',
      lost.length === 0 ? 'neutral' : ofLost(lost, between),
      ...gained.map((one) => ofGained(one, between)),
    ]);
  },
});

/** Roles taken away take their denials and their quotas along. */
function ofLost(roles: readonly string[], between: Between): Direction {
  const cells = roles.flatMap((one) => [...between.was.cellsOf(one)]);
  return between.counted(roles) || cells.some(({ effect }) => effect === 'deny') ? 'widens' : 'narrows';
}

function ofGained(gained: string, { is }: Between): Direction {
  const effects = new Set(Array.from(is.cellsOf(gained), ({ effect }) => effect));
  if (effects.has('allow') || effects.has('approve')) return 'widens';
  return 'narrows';
}
