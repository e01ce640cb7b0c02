import { REASON_CODES } from '@reeve/policy';
import { words } from '../../shared/format.js';

/** Every reason a decision can have, in the pipeline's order. */
export const REASON_OPTIONS = REASON_CODES.map((value) => ({ value, label: words(value) }));
