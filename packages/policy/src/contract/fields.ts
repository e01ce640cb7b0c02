/** The fields that things of a policy are made of. */
import { z } from 'zod';
import { boundedDepth } from '../expressions/depth.js';
import { ExpressionError } from '../expressions/expression-error.js';
import { nameOfStep } from '../json-pointer.js';
import type { Json } from '../vocabulary.js';
import { isSeen } from './seen.js';
import { isInOrder } from './text.js';

/** Names that appear in matrices, keys and logs: no spaces, no colons (they separate quota keys). */
export const Name = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.\-/]{0,127}$/, 'letters, digits and _ . - /, 128 at most')
  .refine((name) => name !== '__proto__', 'not a name a thing can have');
export const Text = z.string().trim().max(2000);
/** Text that somebody has to be able to read. */
export const SeenText = Text.refine(isSeen, 'holds nothing that can be seen');
/** A name for people, which may be left out. */
export const Title = Text.refine(isInOrder, 'turns the direction of text');
/** A name for people, which may not. */
export const SeenTitle = SeenText.refine(isInOrder, 'turns the direction of text').min(1);
/** A CEL expression over `subject, action, resource, args, tool, context, now`; must answer with a boolean. */
export const Expression = z.string().trim().min(1).max(4000);

/** A JSON Schema 2020-12. Nothing walks into one before it is known to have an end. */
export const Schema = z
  .unknown()
  .superRefine((schema, context) => {
    try {
      boundedDepth(schema as Json);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      context.addIssue({
        code: 'custom',
        path: error.path.split('/').slice(1).map(nameOfStep),
        message: error.message,
      });
    }
  })
  .pipe(z.record(z.string(), z.json()));
