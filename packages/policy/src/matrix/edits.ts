/** Edits of a draft, applied to a document. Pure: the document they are applied to stays as it is. */
import type { PolicyDocument, PolicyEdit } from '../contract/policy-document.js';

/** The last edit on a thing wins; removing what is not there is no error. A changed cell keeps its place, a new one comes last. */
export function applyEdits(document: PolicyDocument, edits: readonly PolicyEdit[]): PolicyDocument {
  const next = {
    tools: { ...document.tools },
    roles: { ...document.roles },
    guardrails: { ...document.guardrails },
    quotas: { ...document.quotas },
    assistants: { ...document.assistants },
  };
  const cells = new Map(document.cells.map((cell) => [cellKey(cell), cell]));
  for (const edit of edits) {
    switch (edit.kind) {
      case 'cell':
        if (edit.value === null) cells.delete(cellKey(edit));
        else cells.set(cellKey(edit), { role: edit.role, tool: edit.tool, ...edit.value });
        break;
      case 'tool':
        put(next.tools, edit.name, edit.value);
        break;
      case 'role':
        put(next.roles, edit.name, edit.value);
        break;
      case 'guardrail':
        put(next.guardrails, edit.name, edit.value);
        break;
      case 'quota':
        put(next.quotas, edit.name, edit.value);
        break;
      case 'assistant':
        put(next.assistants, edit.name, edit.value);
        break;
    }
  }
  return { ...next, cells: [...cells.values()] };
}

function put<T>(record: { [name: string]: T }, name: string, value: T | null): void {
  if (value === null) delete record[name];
  else record[name] = value;
}

/** A name may hold a slash, so `role/tool` is for people; this is for looking up. */
export const cellKey = ({ role, tool }: { readonly role: string; readonly tool: string }): string =>
  `${role}\n${tool}`;
