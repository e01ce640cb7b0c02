/** The answers a condition would have given to the last calls of this tool by somebody with this role. */
import {
  tryCondition,
  type CellName,
  type Channel,
  type Json,
  type PolicyDocument,
  type Tried,
} from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { callsOfToolQuery } from '../../../shared/policy-draft/policy-draft.queries.js';
import { counted } from '../../../shared/policy-draft/change-words.js';

const WORDS = { holds: 'holds', does_not_hold: 'does not hold', no_answer: 'has no answer' } as const;
const LINKED_MAX = 3;

export function TriedOut({
  tenant,
  document,
  cell: { role, tool },
  source,
}: {
  readonly tenant: string;
  readonly document: PolicyDocument;
  readonly cell: CellName;
  readonly source: string;
}) {
  const { data, error } = useQuery(callsOfToolQuery(tenant, tool));
  const calls = useMemo(
    () =>
      (data ?? []).flatMap((call) => {
        const roles = rolesOf(call.trail);
        if (call.arguments == null || (roles !== undefined && !roles.includes(role))) return [];
        const request = {
          subject: { type: call.subjectType, id: call.subjectId ?? call.subjectRef, properties: {} },
          action: { name: 'tools/call', properties: {} },
          resource: { type: 'tool', id: tool, properties: {} },
          arguments: call.arguments as Json,
          assistant: call.assistant ?? null,
          channel: call.channel as Channel,
          runId: call.runId ?? null,
          threadId: call.threadId ?? null,
          context: {},
        };
        return [{ id: call.id, at: Date.parse(call.at), request, roles: roles ?? [role] }];
      }),
    [data, role, tool],
  );
  const tried = useMemo(
    () =>
      calls.map(({ id, request, roles, at }) => ({
        id,
        result: tryCondition(source, document, request, roles, at),
      })),
    [calls, source, document],
  );
  if (error) return <p className="text-12 text-deny">The last calls could not be read: {error.message}</p>;
  if (data === undefined) return null;
  if (calls.length === 0)
    return (
      <p className="text-12 text-muted">
        No call of {tool} by {role} with readable arguments among the last {data.length} to try it on.
      </p>
    );
  return (
    <section aria-label="Tried on recorded calls" className="text-13">
      <p className="text-12 text-muted">
        Tried on {counted(calls.length, 'recorded call')}, without the caller’s own context and properties:
      </p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {(Object.keys(WORDS) as Tried[]).map((result) => {
          const some = tried.filter((one) => one.result === result);
          return (
            <li key={result} className="flex flex-wrap gap-x-2">
              <span>
                {WORDS[result]}: <strong className="font-medium">{some.length}</strong>
              </span>
              {some.slice(0, LINKED_MAX).map(({ id }) => (
                <Link
                  key={id}
                  to="/$scope/evaluations"
                  params={{ scope: tenant }}
                  search={{ tool: [tool], t: '7d', peek: id }}
                  className="mono text-12 text-accent underline underline-offset-2"
                >
                  …{id.slice(-6)}
                </Link>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function rolesOf(
  trail: readonly { readonly stage: string; readonly detail?: unknown }[],
): readonly string[] | undefined {
  const detail = trail.find(({ stage }) => stage === 'identity')?.detail as
    { roles?: unknown } | null | undefined;
  return Array.isArray(detail?.roles) ? (detail.roles as string[]) : undefined;
}
