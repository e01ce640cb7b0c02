/** Members of a URL's search; what is not understood falls away. */
import * as z from 'zod/mini';

const VALUES_MAX = 50;

/** Absent when it is absent or wrong. */
// oxlint-disable-next-line promise/valid-params -- zod's, not a promise's
export const lenient = <T extends z.ZodMiniType>(of: T) => z.catch(z.optional(of), undefined);

/** A text of 1 to `most` characters. */
export const text = (most = 256) => z.string().check(z.minLength(1), z.maxLength(most));

/** Text, also where it stands in the URL as a number. */
export const written = <T extends z.ZodMiniType>(of: T) =>
  z.pipe(
    z.transform((value) => (typeof value === 'number' ? String(value) : value)),
    of,
  );

/** `?effect=deny` and `?effect=["deny","allow"]` are both lists; an empty one is no filter. */
export const many = <T extends z.ZodMiniType<string>>(of: T) =>
  lenient(
    z.pipe(
      z.transform((value) => (typeof value === 'string' ? [value] : value)),
      z.array(of).check(z.minLength(1), z.maxLength(VALUES_MAX)),
    ),
  );

/** One text; a number in the URL is the text of it. */
export const one = lenient(written(text()));
