import { z } from 'zod';
import { TOOL_CLASSES } from '../../vocabulary.js';
import { Name } from '../../contract/fields.js';
import { named } from '../kind.js';

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
export type PolicyQuota = z.infer<typeof Quota>;

export const quota = named('quota', 'quotas', Quota, {
  apart: ['tool', 'toolClass'],
  references: ({ per, holder, tool }) => [
    ...(tool === undefined ? [] : [{ kind: 'tool' as const, name: tool, path: ['tool'] }]),
    ...(holder !== undefined && (per === 'role' || per === 'assistant')
      ? [{ kind: per, name: holder, path: ['holder'] }]
      : []),
  ],
  /** It counts nothing any more. */
  without: () => null,
  /** A window that is longer and a limit that is lower leave fewer calls whenever they come; nothing else is certain. */
  direction({ before, after }, between) {
    if (before === null) return 'narrows';
    if (after === null) {
      const { per, holder, tool } = before;
      const idle =
        (tool !== undefined && !between.knows('tool', tool)) ||
        (per === 'assistant' && holder !== undefined && !between.knows('assistant', holder));
      return idle ? 'neutral' : 'widens';
    }
    const moved = (['per', 'holder', 'tool', 'toolClass'] as const).some(
      (member) => before[member] !== after[member],
    );
    if (moved) return 'read_it_yourself';
    const fewer = after.limit <= before.limit && after.windowSeconds >= before.windowSeconds;
    const more = after.limit >= before.limit && after.windowSeconds <= before.windowSeconds;
    if (fewer) return more ? 'neutral' : 'narrows';
    return more ? 'widens' : 'read_it_yourself';
  },
});
