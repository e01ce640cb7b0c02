import { z } from 'zod';
import { TOOL_CLASSES, type ToolClass } from '../../vocabulary.js';
import { together, type Direction } from '../direction.js';
import { Name, Schema, Text, Title } from '../../contract/fields.js';
import { named } from '../kind.js';
import { ofClass, ofSchema } from './tool.js';

/** A type of resources beside tools, and what may be done to one of them. */
export const ResourceType = z.strictObject({
  title: Title.default(''),
  description: Text.default(''),
  /** Each with the harm it can do: stops, quotas and human-only go by it as they do with a tool. */
  actions: z
    .record(Name, z.strictObject({ class: z.enum(TOOL_CLASSES), title: Title.default('') }))
    .refine((actions) => Object.keys(actions).length > 0, 'has no action'),
  /** JSON Schema 2020-12 of a resource's properties. */
  schema: Schema.default({}),
  /** `required`: a resource that is not registered is nobody's to touch. */
  register: z.enum(['required', 'optional']).default('required'),
});
export type PolicyResourceType = z.infer<typeof ResourceType>;

export const resourceType = {
  ...named('resourceType', 'resourceTypes', ResourceType, {
    apart: ['title'],
    expressions: ({ schema }) => [{ path: ['schema'], schema }],
    problems: (_, name) =>
      name === 'tool' ? [{ path: [], message: 'is built in: tools are a kind of their own' }] : [],
    direction({ before, after }) {
      // Nobody may do anything to a new type yet: the cells that say so are changes of their own.
      if (before === null) return 'neutral';
      if (after === null) return 'narrows';
      return together([
        ...Object.entries(before.actions).map(([name, { class: was }]) =>
          ofAction(was, Object.hasOwn(after.actions, name) ? after.actions[name]!.class : null),
        ),
        ofSchema(before.schema, after.schema),
        before.register === after.register ? 'neutral' : after.register === 'required' ? 'narrows' : 'widens',
      ]);
    },
  }),
  /** Documents that were written before there were any have none. */
  collection: z.record(Name, ResourceType).default({}),
} as const;

const ofAction = (before: ToolClass, after: ToolClass | null): Direction =>
  after === null ? 'narrows' : ofClass(before, after);
