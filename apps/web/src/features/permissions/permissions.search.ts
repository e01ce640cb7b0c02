/** What the Permissions page keeps in its URL. */
import { z } from 'zod';

export const PERMISSION_TABS = ['grid', 'roles', 'guardrails', 'assistants', 'history'] as const;

export const permissionsSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  class: z
    .array(z.enum(['read', 'write', 'dangerous', 'human_only']))
    .optional()
    .catch(undefined),
  group: z.enum(['class', 'server']).optional().catch(undefined),
  /** `role~tool` */
  cell: z.string().max(300).optional().catch(undefined),
  why: z.literal(true).optional().catch(undefined),
  tab: z.enum(PERMISSION_TABS).optional().catch(undefined),
  /** Two revisions that are compared, the older first. */
  base: z.int().min(0).optional().catch(undefined),
  vs: z.int().min(0).optional().catch(undefined),
});
export type PermissionsSearch = z.infer<typeof permissionsSearch>;
