/** The state that the Permissions page keeps in its URL. */
import { TOOL_CLASSES } from '@reeve/policy';
import * as z from 'zod/mini';
import { lenient, text } from '../../shared/url/many.js';

export const PERMISSION_TABS = ['grid', 'types', 'roles', 'guardrails', 'assistants', 'history'] as const;

const Revision = lenient(z.int().check(z.minimum(0)));

export const permissionsSearch = z.object({
  q: lenient(text(200)),
  class: lenient(z.array(z.enum(TOOL_CLASSES))),
  group: lenient(z.enum(['class', 'server'])),
  /** `role~tool` */
  cell: lenient(text(300)),
  why: lenient(z.literal(true)),
  /** The evaluation that the cell is proposed from: it goes into the draft. */
  propose: lenient(text(64)),
  tab: lenient(z.enum(PERMISSION_TABS)),
  /** Two revisions that are compared, the older first. */
  base: Revision,
  vs: Revision,
});
export type PermissionsSearch = z.infer<typeof permissionsSearch>;
