/** What the Quotas page keeps in its URL. */
import { z } from 'zod';

export const quotasSearch = z.object({ q: z.string().max(200).optional().catch(undefined) });
