/** The problem of a new thing's name, or null. The words are those of the contract. */
import { Name } from '@reeve/policy';

export function nameProblem(name: string, taken: Readonly<Record<string, unknown>>): string | null {
  if (Object.hasOwn(taken, name)) return `${name} exists already`;
  const parsed = Name.safeParse(name);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'not a name');
}
