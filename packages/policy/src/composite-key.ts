import { nameOfStep, pointerStep } from './json-pointer.js';

/**
 * One name made of several, each of which may hold anything: no two lists of parts give the same one. The parts stand as
 * they are, but for `~` and `/`.
 */
export const compositeKey = (...parts: readonly string[]): string => parts.map(pointerStep).join('/');

/** The parts a name was made of. */
export const partsOf = (key: string): string[] => key.split('/').map(nameOfStep);
