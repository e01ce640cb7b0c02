import { z } from 'zod';
import { ofLists } from '../direction.js';
import { Name, Text, Title } from '../../contract/fields.js';
import { named } from '../kind.js';

/** How much of its traces is kept: also what was said, what the spans say beside it, or what they were and took alone. */
export const LOG_POLICIES = ['full', 'metadata', 'none'] as const;
export type LogPolicy = (typeof LOG_POLICIES)[number];
export const DEFAULT_LOG_POLICY: LogPolicy = 'metadata';

export const Assistant = z.strictObject({
  title: Title.default(''),
  description: Text.default(''),
  enabled: z.boolean().default(true),
  /** The allow-list: a tool that is not on it is denied whatever the matrix says. */
  tools: z.array(Name),
  /** The same for types of resources beside tools. */
  resourceTypes: z.array(Name).optional(),
  logPolicy: z.enum(LOG_POLICIES).optional(),
});
export type PolicyAssistant = z.infer<typeof Assistant>;

export const assistant = named('assistant', 'assistants', Assistant, {
  apart: ['title'],
  references: ({ tools, resourceTypes = [] }) => [
    ...tools.map((name, i) => ({ kind: 'tool' as const, name, path: ['tools', i] })),
    ...resourceTypes.map((name, i) => ({
      kind: 'resourceType' as const,
      name,
      path: ['resourceTypes', i],
    })),
  ],
  without: (value, { kind, name }) =>
    kind === 'tool'
      ? { ...value, tools: value.tools.filter((one) => one !== name) }
      : { ...value, resourceTypes: value.resourceTypes?.filter((one) => one !== name) },
  ends: () => false,
  direction({ before, after }) {
    const reach = (one: PolicyAssistant | null) =>
      one?.enabled === true ? [...one.tools, ...(one.resourceTypes ?? []).map(ofType)] : [];
    return ofLists(reach(before), reach(after));
  },
});

/** No tool is called so. */
const ofType = (name: string): string => `${name}:`;
