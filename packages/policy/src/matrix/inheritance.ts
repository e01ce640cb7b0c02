/** Which roles a role has beside itself. */
import type { PolicyDocument } from '../contract/policy-document.js';

/** The known ones of `roles` and all they inherit, each once, nearest first. A circle ends where it began. */
export function withInherited(all: PolicyDocument['roles'], roles: readonly string[]): readonly string[] {
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
export function circleAt(all: PolicyDocument['roles'], role: string): boolean {
  return withInherited(all, all[role]?.inherits ?? []).includes(role);
}
