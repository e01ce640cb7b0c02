/** How the demo declares a tool: what it is, why it has its class, what it takes. */
import type { PolicyTool } from '@reeve/policy';
import type { Schema } from './schema.js';

/** `reversible`: somebody can put it back without loss. */
export interface ToolTraits {
  readonly reversible?: boolean;
  readonly untrustedOutput?: boolean;
}

/** Tools of one server and one owner. */
export function toolbox(server: string, owner: string) {
  const tool =
    (toolClass: PolicyTool['class']) =>
    (description: string, justification: string, schema: Schema, traits: ToolTraits = {}): PolicyTool => ({
      class: toolClass,
      justification,
      description,
      owner,
      server,
      reversible: traits.reversible ?? toolClass === 'read',
      schema,
      untrustedOutput: traits.untrustedOutput ?? false,
    });
  return { read: tool('read'), write: tool('write'), dangerous: tool('dangerous') };
}
