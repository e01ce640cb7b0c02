/** Promises: the one that there is. */
export function only<One>(list: readonly One[]): One {
  const [one, ...others] = list;
  if (one === undefined || others.length > 0) throw new Error(`One was expected, ${list.length} came.`);
  return one;
}
