/** The state that the Permissions page keeps in its URL. */
import { TOOL_CLASSES, type NamedKind } from '@reeve/policy';
import * as z from 'zod/mini';
import { lenient, text } from '../../shared/url/many.js';

/** Kinds of the policy that are a tab of this page, in their order. */
export const TAB_OF = {
  resourceType: 'types',
  role: 'roles',
  guardrail: 'guardrails',
  assistant: 'assistants',
} as const satisfies { readonly [kind in NamedKind]?: string };

export const PERMISSION_TABS = ['grid', ...Object.values(TAB_OF), 'history'] as const;

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
  /** The one of the tab's list that lies open; `+`: a new one. */
  open: lenient(text(200)),
  /** Two revisions that are compared, the older first. */
  base: Revision,
  vs: Revision,
});
export type PermissionsSearch = z.infer<typeof permissionsSearch>;
