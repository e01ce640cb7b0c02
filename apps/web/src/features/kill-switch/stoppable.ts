/**
 * Things that can be stopped by name in a tenant: what the page shows first. Across tenants nothing is: a name may mean
 * two things.
 */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ALL, useMay } from '../../shared/api/session.js';
import { useShowing } from '../../shared/showing.js';
import { stopTargetsQuery } from './kill-switch.queries.js';

/** The thing a stop dialog is opened for; without it, the whole tenant. */
export interface StopOf {
  readonly scope: 'tool' | 'assistant';
  readonly target: string;
}

/** `wanted`: it is read when somebody looks. */
export function useStoppable(wanted: boolean, scope: string): readonly StopOf[] {
  const may = useMay(scope, 'engage', 'KillSwitch');
  const { data } = useQuery({ ...stopTargetsQuery(scope), enabled: wanted && may && scope !== ALL });
  const { tool, assistant } = useShowing();
  return useMemo(() => {
    if (!may) return [];
    const tools = new Set([...(tool ? [tool] : []), ...(data?.tools.map(({ name }) => name) ?? [])]);
    const assistants = new Set([
      ...(assistant ? [assistant] : []),
      ...(data?.assistants.map(({ name }) => name) ?? []),
    ]);
    return [
      ...[...tools].map((target): StopOf => ({ scope: 'tool', target })),
      ...[...assistants].map((target): StopOf => ({ scope: 'assistant', target })),
    ];
  }, [may, data, tool, assistant]);
}
