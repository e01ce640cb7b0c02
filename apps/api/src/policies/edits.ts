import { PolicyEdit } from '@reeve/policy';
import { z } from 'zod';

const EDITS_MAX = 10_000;
/** The edits that a draft and a publish take. */
export const Edits = z.array(PolicyEdit).max(EDITS_MAX);
