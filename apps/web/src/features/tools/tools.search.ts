/** What the Tools page keeps in its URL. */
import { z } from 'zod';

export const toolsSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  /** The one in the peek. */
  tool: z.string().max(200).optional().catch(undefined),
});
