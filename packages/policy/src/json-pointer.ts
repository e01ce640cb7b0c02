/** JSON Pointer (RFC 6901): how a place in a document is written. */

/** A step of one, without the slash before it: a `~` in a name becomes `~0` and a `/` becomes `~1`. */
export const pointerStep = (name: string): string =>
  name.includes('/') || name.includes('~') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;

/** The name that such a step stands for. */
export const nameOfStep = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** `/tools/a~1b`; empty for the whole of it. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${pointerStep(String(step))}`).join('');
