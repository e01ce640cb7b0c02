/** The text somebody pasted as a document: JSON, else YAML. */
import { IMPORT_LIMITS } from '@reeve/policy';
import type { Json } from '@reeve/policy';
import { parse } from 'yaml';

/** A YAML that names more of its own parts than this unfolds into more than a document. */
const ALIASES_MAX = 100;

/** Throws an Error that says what is wrong, and where as far as its parser knows. */
export function documentOf(text: string): Json {
  if (text.length > IMPORT_LIMITS.textBytes)
    throw new Error(`more than ${IMPORT_LIMITS.textBytes / 1_000_000} MB of text`);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (/^\s*[[{]/.test(text)) throw error;
  }
  return parse(text, { maxAliasCount: ALIASES_MAX, logLevel: 'error' }) as Json;
}
