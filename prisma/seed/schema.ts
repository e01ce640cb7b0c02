/** The JSON Schemas (2020-12) of the demo's tools, in a few words. */
import type { PolicyTool } from '@reeve/policy';

export type Schema = PolicyTool['schema'];

/** Takes exactly these arguments; the ones whose name ends in `?` may be absent. */
export function takes(properties: Record<string, Schema> = {}): Schema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...object(properties) };
}

export function object(properties: Record<string, Schema>): Schema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [bare(name), properties[name]!])),
    required: names.filter((name) => name === bare(name)),
    additionalProperties: false,
  };
}

const bare = (name: string): string => name.replace(/\?$/, '');

export const text = (description: string, maxLength = 200): Schema => ({
  type: 'string',
  maxLength,
  description,
});
export const matching = (pattern: string, description: string): Schema => ({
  type: 'string',
  pattern,
  description,
});
export const oneOf = (values: readonly string[], description: string): Schema => ({
  type: 'string',
  enum: [...values],
  description,
});
export const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
export const amount = (description: string): Schema => ({ type: 'number', minimum: 0, description });
export const list = (items: Schema, description: string): Schema => ({
  type: 'array',
  items,
  maxItems: 50,
  description,
});
export const date = (description: string): Schema => matching('^\\d{4}-\\d{2}-\\d{2}$', description);
