/** What a condition is asked about. */
import type { CelInput } from '@bufbuild/cel';

/** Variables that an expression may name. */
export const VARIABLES = ['subject', 'action', 'resource', 'args', 'tool', 'context', 'now'] as const;
export type Variable = (typeof VARIABLES)[number];
export type Variables = { readonly [name in Variable]: CelInput };

export const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);
