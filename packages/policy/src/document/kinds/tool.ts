import { z } from 'zod';
import { same } from '../../same.js';
import { TOOL_CLASSES } from '../../vocabulary.js';
import { together, type Direction } from '../direction.js';
import { Schema, SeenText, Text } from '../../contract/fields.js';
import { named } from '../kind.js';

export const Tool = z.strictObject({
  class: z.enum(TOOL_CLASSES),
  /** The reason the tool has this class. A tool nobody justified is not published. */
  justification: SeenText.min(8),
  description: Text.default(''),
  owner: Text.default(''),
  /** The server it lives on, e.g. an MCP server's name. */
  server: Text.default(''),
  reversible: z.boolean().default(false),
  /** JSON Schema 2020-12 of the arguments. */
  schema: Schema,
  /** Its results may carry text that somebody else wrote. */
  untrustedOutput: z.boolean().default(false),
});
export type PolicyTool = z.infer<typeof Tool>;

export const tool = named('tool', 'tools', Tool, {
  apart: ['class'],
  expressions: ({ schema }) => [{ path: ['schema'], schema }],
  /** A grant was given for a tool of its class. */
  ends: (before, after) => before.class !== after.class,
  direction({ before, after }, between) {
    // Nobody may do anything with a new tool yet: the cells that say so are changes of their own.
    if (before === null) return 'neutral';
    if (after === null) return 'narrows';
    const seen = (['class', 'owner', 'server', 'reversible'] as const).some(
      (member) => before[member] !== after[member],
    );
    return together([
      ofClass(before.class, after.class),
      ofSchema(before.schema, after.schema),
      seen && after.class !== 'human_only' && between.mentions('tool') ? 'read_it_yourself' : 'neutral',
      before.untrustedOutput === after.untrustedOutput
        ? 'neutral'
        : after.untrustedOutput
          ? 'narrows'
          : 'widens',
    ]);
  },
});

/** A class is counted by quotas and stopped by switches, so a stricter one may well be out of reach of both. */
export function ofClass(before: PolicyTool['class'], after: PolicyTool['class']): Direction {
  if (before === after) return 'neutral';
  if (after === 'human_only') return 'narrows';
  return before === 'human_only' || after === 'read' ? 'widens' : 'read_it_yourself';
}

/** Keywords that say nothing about a value. */
const ANNOTATIONS = new Set(['$schema', '$id', '$comment', 'title', 'description', 'examples', 'deprecated']);

export function ofSchema(before: PolicyTool['schema'], after: PolicyTool['schema']): Direction {
  if (same(before, after)) return 'neutral';
  const open = (schema: PolicyTool['schema']) => Object.keys(schema).every((key) => ANNOTATIONS.has(key));
  if (open(after)) return open(before) ? 'neutral' : 'widens';
  return open(before) ? 'narrows' : 'read_it_yourself';
}
