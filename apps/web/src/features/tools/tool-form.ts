/** A tool while it is edited: the same members, its schema as text, and what is wrong with each. */
import { Tool, type PolicyTool } from '@reeve/policy';

export interface ToolForm extends Omit<PolicyTool, 'schema'> {
  readonly schema: string;
}

export const NEW_TOOL: ToolForm = {
  class: 'dangerous',
  justification: '',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  untrustedOutput: true,
  schema: JSON.stringify({ type: 'object', properties: {}, additionalProperties: false }, null, 2),
};

export const formOf = ({ schema, ...rest }: PolicyTool): ToolForm => ({
  ...rest,
  schema: JSON.stringify(schema, null, 2),
});

export type ToolProblems = Partial<Readonly<Record<keyof ToolForm, string>>>;

/** The tool, or what is wrong with each member. Whether the schema is a schema is the API's to say, at the publish. */
export function toolFrom(
  form: ToolForm,
): { readonly tool: PolicyTool } | { readonly problems: ToolProblems } {
  let schema: unknown;
  try {
    schema = JSON.parse(form.schema);
  } catch (error) {
    return { problems: { schema: error instanceof Error ? error.message : 'not JSON' } };
  }
  const parsed = Tool.safeParse({ ...form, schema });
  if (parsed.success) return { tool: parsed.data };
  return {
    problems: Object.fromEntries(parsed.error.issues.map(({ path: [member], message }) => [member, message])),
  };
}
