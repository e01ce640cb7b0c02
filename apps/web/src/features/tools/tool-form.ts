/** A tool while it is edited: the same members, its schema as text. */
import { Tool, type PolicyTool } from '@reeve/policy';
import type { FormRead } from '../../shared/policy-draft/named-editor.js';
import { jsonText, objectIn } from '../../shared/ui/json-field.js';

export interface ToolForm extends Omit<PolicyTool, 'schema'> {
  readonly schema: string;
}

export const BLANK: ToolForm = {
  class: 'dangerous',
  justification: '',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  untrustedOutput: true,
  schema: jsonText({ type: 'object', properties: {}, additionalProperties: false }),
};

export const formOf = ({ schema, ...rest }: PolicyTool): ToolForm => ({ ...rest, schema: jsonText(schema) });

/** Whether the schema is a schema is the API's to say, at the publish. */
export function read(form: ToolForm): FormRead<PolicyTool, ToolForm> {
  const schema = objectIn(form.schema);
  if (typeof schema === 'string') return { problems: { schema } };
  const parsed = Tool.safeParse({ ...form, schema });
  if (parsed.success) return { value: parsed.data };
  return {
    problems: Object.fromEntries(parsed.error.issues.map(({ path: [member], message }) => [member, message])),
  };
}
