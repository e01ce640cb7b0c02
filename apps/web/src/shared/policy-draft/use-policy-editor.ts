/** The draft of the policy in a component: one editor a tenant, kept while the console is open. */
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { policyQuery, type Revision } from './policy-draft.queries.js';
import { PolicyEditor, type EditorState } from './policy-editor.js';

const editorQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['policy-editor', tenant],
    queryFn: () => PolicyEditor.open(tenant),
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
    meta: { live: false },
  });

export interface OpenDraft extends EditorState {
  readonly editor: PolicyEditor;
  /** The newest revision; not the base when somebody published since. */
  readonly current: Revision | undefined;
}

export function usePolicyEditor(tenant: string): OpenDraft {
  const { data: editor } = useSuspenseQuery(editorQuery(tenant));
  const { data: current } = useQuery(policyQuery(tenant));
  const state = useSyncExternalStore(editor.subscribe, editor.snapshot);
  useEffect(() => {
    if (current !== undefined) editor.follow(current);
  }, [editor, current]);
  useEffect(() => {
    const leave = () => void editor.flush();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
    };
  }, [editor]);
  return { ...state, editor, current };
}
