/** The state that the Quotas page keeps in its URL. */
import * as z from 'zod/mini';
import { lenient, text } from '../../shared/url/many.js';

export const quotasSearch = z.object({
  q: lenient(text(200)),
  /** The one that lies open; `+`: a new one. */
  open: lenient(text(200)),
});
