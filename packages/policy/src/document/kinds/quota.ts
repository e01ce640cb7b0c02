import { z } from 'zod';
import { TOOL_CLASSES, type ToolClass } from '../../vocabulary.js';
import { Name } from '../../contract/fields.js';
import { placeOf, type Targets } from '../../matrix/target.js';
import { named } from '../kind.js';

/** Never more than `limit` allowed calls in any window of `windowSeconds`, whoever of the holder's agents makes them. */
export const Quota = z
  .strictObject({
    per: z.enum(['user', 'role', 'assistant', 'tenant']),
    /** Only for `per: role` (required) or `per: assistant` (all when absent): which one. */
    holder: Name.optional(),
    tool: Name.optional(),
    toolClass: z.enum(TOOL_CLASSES).optional(),
    resourceType: Name.optional(),
    /** Only with a `resourceType`; all of its actions when absent. */
    action: Name.optional(),
    limit: z.int().min(0).max(1_000_000),
    windowSeconds: z
      .int()
      .min(1)
      .max(31 * 24 * 3600),
  })
  .refine((q) => [q.tool, q.toolClass, q.resourceType].filter((one) => one !== undefined).length === 1, {
    message: 'name either tool or toolClass or resourceType',
    path: ['tool'],
  })
  .refine((q) => q.action === undefined || q.resourceType !== undefined, {
    message: 'an action is of a resourceType',
    path: ['action'],
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
  apart: ['tool', 'toolClass', 'resourceType'],
  references: ({ per, holder, tool, resourceType }) => [
    ...(tool === undefined ? [] : [{ kind: 'tool' as const, name: tool, path: ['tool'] }]),
    ...(resourceType === undefined
      ? []
      : [{ kind: 'resourceType' as const, name: resourceType, path: ['resourceType'] }]),
    ...(holder !== undefined && (per === 'role' || per === 'assistant')
      ? [{ kind: per, name: holder, path: ['holder'] }]
      : []),
  ],
  problems: ({ resourceType = '', action }, _, { resourceTypes }: Pick<Targets, 'resourceTypes'>) =>
    action !== undefined &&
    Object.hasOwn(resourceTypes, resourceType) &&
    !Object.hasOwn(resourceTypes[resourceType]!.actions, action)
      ? [{ path: ['action'], message: `there is no action ${action} on a ${resourceType}` }]
      : [],
  /** It counts nothing any more. */
  without: () => null,
  /** A window that is longer and a limit that is lower leave fewer calls whenever they come; nothing else is certain. */
  direction({ before, after }, between) {
    if (before === null) return 'narrows';
    if (after === null) {
      const { per, holder, tool, resourceType } = before;
      const idle =
        (tool !== undefined && !between.knows('tool', tool)) ||
        (resourceType !== undefined && !between.knows('resourceType', resourceType)) ||
        (per === 'assistant' && holder !== undefined && !between.knows('assistant', holder));
      return idle ? 'neutral' : 'widens';
    }
    const moved = (['per', 'holder', 'tool', 'toolClass', 'resourceType', 'action'] as const).some(
      (member) => before[member] !== after[member],
    );
    if (moved) return 'read_it_yourself';
    const fewer = after.limit <= before.limit && after.windowSeconds >= before.windowSeconds;
    const more = after.limit >= before.limit && after.windowSeconds <= before.windowSeconds;
    if (fewer) return more ? 'neutral' : 'narrows';
    return more ? 'widens' : 'read_it_yourself';
  },
});

/** True where it counts what somebody does with a target (matrix/target.ts) of this class. */
export function counts(quota: PolicyQuota, target: string, toolClass: ToolClass | null): boolean {
  if (quota.toolClass !== undefined) return quota.toolClass === toolClass;
  if (quota.tool !== undefined) return quota.tool === target;
  const place = placeOf(target);
  return (
    'action' in place &&
    quota.resourceType === place.resourceType &&
    (quota.action === undefined || quota.action === place.action)
  );
}
