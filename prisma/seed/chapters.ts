/** A policy as the edits that make it, in chapters: each is published with its own reason and stands in the history. */
import type { PolicyDocument, PolicyEdit } from '@reeve/policy';

export interface Chapter {
  readonly reason: string;
  readonly edits: readonly PolicyEdit[];
  /** Stands in a policy already. */
  standsIn(policy: PolicyDocument): boolean;
}

export function chaptersOf(document: PolicyDocument): Chapter[] {
  return [
    {
      reason: 'Tools, roles and the first matrix, from what the agents were recorded doing',
      edits: [
        ...edits('tool', document.tools),
        ...edits('role', document.roles),
        ...edits('assistant', document.assistants),
        ...document.cells.map(({ role, tool, ...value }) => ({ kind: 'cell' as const, role, tool, value })),
      ],
      standsIn: (policy) => Object.keys(document.tools).every((name) => name in policy.tools),
    },
    {
      reason: "The written rules that a call's arguments can show",
      edits: edits('guardrail', document.guardrails),
      standsIn: (policy) => Object.keys(document.guardrails).every((name) => name in policy.guardrails),
    },
    {
      reason: 'Allowances, so that a loop stops before it costs',
      edits: edits('quota', document.quotas),
      standsIn: (policy) => Object.keys(document.quotas).every((name) => name in policy.quotas),
    },
  ];
}

type Named = Exclude<PolicyEdit['kind'], 'cell'>;

function edits(kind: Named, things: { readonly [name: string]: unknown }): PolicyEdit[] {
  return Object.entries(things).map(([name, value]) => ({ kind, name, value }) as PolicyEdit);
}
