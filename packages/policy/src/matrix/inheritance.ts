/** The roles a role has beside itself. */

/** Roles by name, each with those it inherits. */
export type Heirs = Readonly<Record<string, { readonly inherits: readonly string[] }>>;

/** The known ones of `roles` and all they inherit, each once, nearest first. A circle ends where it began. */
export function withInherited(all: Heirs, roles: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const queue = [...roles];
  for (const name of queue) {
    if (found.has(name) || !Object.hasOwn(all, name)) continue;
    found.add(name);
    queue.push(...(all[name]?.inherits ?? []));
  }
  return [...found];
}

/** A circle that starts and ends at `role`, or null. */
export function circleAt(all: Heirs, role: string): boolean {
  return withInherited(all, all[role]?.inherits ?? []).includes(role);
}
