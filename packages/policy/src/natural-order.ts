/**
 * The order in which people read names: `tool_2` before `tool_10`. The database keeps an object's members by the length
 * of their names, so that the order their authors gave is not to be had. For display only: what is decided, digested or
 * recorded does not depend on a collation.
 */

const collator = new Intl.Collator('en', { numeric: true });

/** Total: names that read alike (`t1`, `t01`) stand in the order of their code units. */
export const naturally = (a: string, b: string): number =>
  collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

/** The same policy, each of its records to be walked in that order. */
export const inNaturalOrder = <Document extends Readonly<Record<string, object>>>(
  document: Document,
): Document =>
  Object.fromEntries(
    Object.entries(document).map(([member, all]) => [member, Array.isArray(all) ? all : sorted(all)]),
  ) as Document;

const sorted = (all: object): object =>
  Object.fromEntries(Object.entries(all).sort(([a], [b]) => naturally(a, b)));
