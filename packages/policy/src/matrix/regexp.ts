/**
 * Regular expressions that tenants write and models feed: RE2 syntax, so that matching takes linear time and nobody's
 * pattern can hold up everybody's decisions. No look-around and no back-references.
 */
import { RE2JS } from '@bufbuild/re2';
import { remembered } from './remembered.js';

/** Throws when the pattern is not RE2. Compiling costs a hundred times what matching does, hence remembered. */
export const linearRegExp = remembered(1_000, (pattern) =>
  RE2JS.compile(pattern.replaceAll(/\\u([0-9A-Fa-f]{4})/g, String.raw`\x{$1}`)),
);
