/**
 * A tenant's policy as one immutable document. The database keeps it whole per revision, the compiler turns it into
 * a snapshot, the console edits it. Strict: an unknown member is an error with its path.
 */
import { z } from 'zod';
import { ExpressionError } from '../expressions/expression-error.js';
import { boundedDepth } from '../expressions/depth.js';
import { TOOL_CLASSES, type Json } from '../vocabulary.js';
import { isSeen } from './seen.js';
import { isInOrder } from './text.js';

/** Names that appear in matrices, keys and logs: no spaces, no colons (they separate quota keys). */
export const Name = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.\-/]{0,127}$/, 'letters, digits and _ . - /, 128 at most')
  .refine((name) => name !== '__proto__', 'not a name a thing can have');
const Text = z.string().trim().max(2000);
/** What somebody has to be able to read. */
const SeenText = Text.refine(isSeen, 'holds nothing that can be seen');
/** A name for people, which may be left out. */
const Title = Text.refine(isInOrder, 'turns the direction of text');
/** A CEL expression over `subject, action, resource, args, tool, context, now`; must answer with a boolean. */
export const Expression = z.string().trim().min(1).max(4000);

/** Nothing walks into a schema before it is known to have an end. */
const Schema = z
  .unknown()
  .superRefine((schema, context) => {
    try {
      boundedDepth(schema as Json);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      context.addIssue({ code: 'custom', path: error.path.split('/').slice(1), message: error.message });
    }
  })
  .pipe(z.record(z.string(), z.json()));

export const Tool = z.strictObject({
  class: z.enum(TOOL_CLASSES),
  /** Why the tool has this class. A tool nobody justified is not published. */
  justification: SeenText.min(8),
  description: Text.default(''),
  owner: Text.default(''),
  /** Where it lives, e.g. an MCP server's name. */
  server: Text.default(''),
  reversible: z.boolean().default(false),
  /** JSON Schema 2020-12 of the arguments. */
  schema: Schema,
  /** Its results may carry text that somebody else wrote. */
  untrustedOutput: z.boolean().default(false),
});

export const Role = z.strictObject({
  title: Title.default(''),
  description: Text.default(''),
  /** Roles whose cells this one has too. Acyclic. */
  inherits: z.array(Name).default([]),
});

/** No cell: no grant. `approve` is what the console calls Ask. */
export const CELL_EFFECTS = ['allow', 'approve', 'deny'] as const;
export const Cell = z.strictObject({
  role: Name,
  tool: Name,
  effect: z.enum(CELL_EFFECTS),
  /** The sentence in the cell: it applies only when this holds. */
  when: Expression.optional(),
});

/** A check on the arguments before the tool runs: every `must` has to hold, else the call is denied with the message. */
export const Guardrail = z.strictObject({
  kind: z.literal('pre_tool'),
  title: SeenText.refine(isInOrder, 'turns the direction of text').min(1),
  tools: z.array(Name).min(1),
  enabled: z.boolean().default(true),
  /** Applies only when this holds; always when absent. */
  when: Expression.optional(),
  checks: z.array(z.strictObject({ name: Name, must: Expression, message: SeenText.min(1) })).min(1),
});

/** Never more than `limit` allowed calls in any window of `windowSeconds`, whoever of the holder's agents makes them. */
export const Quota = z
  .strictObject({
    per: z.enum(['user', 'role', 'assistant', 'tenant']),
    /** Only for `per: role` (required) or `per: assistant` (all when absent): which one. */
    holder: Name.optional(),
    tool: Name.optional(),
    toolClass: z.enum(TOOL_CLASSES).optional(),
    limit: z.int().min(0).max(1_000_000),
    windowSeconds: z
      .int()
      .min(1)
      .max(31 * 24 * 3600),
  })
  .refine((q) => (q.tool === undefined) !== (q.toolClass === undefined), {
    message: 'name either tool or toolClass',
    path: ['tool'],
  })
  .refine((q) => q.per !== 'role' || q.holder !== undefined, {
    message: 'a role quota names its role',
    path: ['holder'],
  })
  .refine((q) => q.holder === undefined || q.per === 'role' || q.per === 'assistant', {
    message: 'only role and assistant quotas have a holder',
    path: ['holder'],
  });

export const Assistant = z.strictObject({
  title: Title.default(''),
  description: Text.default(''),
  enabled: z.boolean().default(true),
  /** The allow-list: a tool that is not on it is denied whatever the matrix says. */
  tools: z.array(Name),
});

export const PolicyDocument = z.strictObject({
  tools: z.record(Name, Tool),
  roles: z.record(Name, Role),
  cells: z.array(Cell),
  guardrails: z.record(Name, Guardrail),
  quotas: z.record(Name, Quota),
  assistants: z.record(Name, Assistant),
});

export type PolicyDocument = z.infer<typeof PolicyDocument>;
export type PolicyTool = z.infer<typeof Tool>;
export type PolicyRole = z.infer<typeof Role>;
export type PolicyCell = z.infer<typeof Cell>;
export type PolicyGuardrail = z.infer<typeof Guardrail>;
export type PolicyQuota = z.infer<typeof Quota>;
export type PolicyAssistant = z.infer<typeof Assistant>;

export const EMPTY_POLICY: PolicyDocument = {
  tools: {},
  roles: {},
  cells: [],
  guardrails: {},
  quotas: {},
  assistants: {},
};

/** One edit of a draft. `null` removes. Edits are applied in order; the last one on a thing wins. */
export const PolicyEdit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cell'),
    role: Name,
    tool: Name,
    value: z.strictObject({ effect: z.enum(CELL_EFFECTS), when: Expression.optional() }).nullable(),
  }),
  z.strictObject({ kind: z.literal('tool'), name: Name, value: Tool.nullable() }),
  z.strictObject({ kind: z.literal('role'), name: Name, value: Role.nullable() }),
  z.strictObject({ kind: z.literal('guardrail'), name: Name, value: Guardrail.nullable() }),
  z.strictObject({ kind: z.literal('quota'), name: Name, value: Quota.nullable() }),
  z.strictObject({ kind: z.literal('assistant'), name: Name, value: Assistant.nullable() }),
]);
export type PolicyEdit = z.infer<typeof PolicyEdit>;
