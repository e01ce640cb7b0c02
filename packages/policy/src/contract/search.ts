/**
 * The wire form of searching: OpenID AuthZEN Authorization API 1.0, section "Search APIs". What is searched for has a type
 * and no id; an id that is sent is ignored, as that standard says.
 */
import { z } from 'zod';
import { Action, Context, Properties, Resource, Subject } from './evaluation.js';

const Page = z.looseObject({
  token: z.string().max(4096).optional(),
  limit: z.int().min(0).max(1_000_000).optional(),
  properties: Properties.optional(),
});
const Around = { context: Context.optional(), page: Page.optional() };
const Searched = z.looseObject({ type: Subject.shape.type, properties: Properties.optional() });

export const SubjectSearchBody = z.looseObject({
  subject: Searched,
  action: Action,
  resource: Resource,
  ...Around,
});
export const ResourceSearchBody = z.looseObject({
  subject: Subject,
  action: Action,
  resource: Searched,
  ...Around,
});
export const ActionSearchBody = z.looseObject({ subject: Subject, resource: Resource, ...Around });

export type SubjectSearchBody = z.infer<typeof SubjectSearchBody>;
export type ResourceSearchBody = z.infer<typeof ResourceSearchBody>;
export type ActionSearchBody = z.infer<typeof ActionSearchBody>;
export type SearchBody = SubjectSearchBody | ResourceSearchBody | ActionSearchBody;

export const subjectSearchJsonSchema = () => z.toJSONSchema(SubjectSearchBody, { io: 'input' });
export const resourceSearchJsonSchema = () => z.toJSONSchema(ResourceSearchBody, { io: 'input' });
export const actionSearchJsonSchema = () => z.toJSONSchema(ActionSearchBody, { io: 'input' });

/** `next_token` is empty on the last page; a page may hold fewer results than its limit, and none, with more to come. */
export const SearchAnswer = z.object({
  page: z.object({ next_token: z.string(), count: z.int() }),
  results: z.array(z.union([z.object({ type: z.string(), id: z.string() }), z.object({ name: z.string() })])),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
