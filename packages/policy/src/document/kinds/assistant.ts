import { z } from 'zod';
import { ofLists } from '../direction.js';
import { Name, Text, Title } from '../../contract/fields.js';
import { named } from '../kind.js';

export const Assistant = z.strictObject({
  title: Title.default(''),
  description: Text.default(''),
  enabled: z.boolean().default(true),
  /** The allow-list: a tool that is not on it is denied whatever the matrix says. */
  tools: z.array(Name),
});
export type PolicyAssistant = z.infer<typeof Assistant>;

export const assistant = named('assistant', 'assistants', Assistant, {
  apart: ['title'],
  references: ({ tools }) => tools.map((name, i) => ({ kind: 'tool' as const, name, path: ['tools', i] })),
  without: (value, { name }) => ({ ...value, tools: value.tools.filter((one) => one !== name) }),
  ends: () => false,
  direction({ before, after }) {
    const reach = (one: PolicyAssistant | null) => (one?.enabled === true ? one.tools : []);
    return ofLists(reach(before), reach(after));
  },
});
