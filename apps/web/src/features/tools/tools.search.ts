/** The state that the Tools page keeps in its URL. */
import * as z from 'zod/mini';
import { lenient, text } from '../../shared/url/many.js';

export const toolsSearch = z.object({
  q: lenient(text(200)),
  /** The one in the peek. */
  tool: lenient(text(200)),
});
