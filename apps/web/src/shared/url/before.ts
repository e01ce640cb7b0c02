/** The time as long as a range that ends where it begins: what its figures are held against. */
import type { TimeRange } from './time-range.js';

export const beforeOf = ({ from, to }: Pick<TimeRange, 'from' | 'to'>) => ({
  from: new Date(2 * from.getTime() - to.getTime()).toISOString(),
  to: from.toISOString(),
});
