import { canonical, NotCanonicalError } from './canonical.js';

/**
 * Whether the text is the one way to write what it says. A text that is not could mean different things to
 * different readers: a member given twice, a lone surrogate that hashes like another one.
 */
export function isCanonical(text: string, value: unknown): boolean {
  try {
    return canonical(value) === text;
  } catch (error) {
    if (error instanceof NotCanonicalError) return false;
    throw error;
  }
}
