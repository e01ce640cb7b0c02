/** Members of a URL's search that may be given once or several times; what is not understood falls away. */
import { z } from 'zod';

const VALUES_MAX = 50;

/** `?effect=deny` and `?effect=["deny","allow"]` are both lists; an empty one is no filter. */
export const many = <T extends z.ZodType<string>>(of: T) =>
  z
    .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(of).min(1).max(VALUES_MAX))
    .optional()
    .catch(undefined);

/** One text; a number in the URL is the text of it. */
export const one = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().min(1).max(256))
  .optional()
  .catch(undefined);
