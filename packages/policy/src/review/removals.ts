/** Removing a thing takes along what names it, so that the draft that is left makes sense. */
import type { PolicyDocument, PolicyEdit } from '../contract/policy-document.js';
import type { ToolClass } from '../vocabulary.js';

export function removeTool(document: PolicyDocument, tool: string): PolicyEdit[] {
  const edits: PolicyEdit[] = document.cells
    .filter((cell) => cell.tool === tool)
    .map(({ role }) => ({ kind: 'cell', role, tool, value: null }));
  for (const [name, guardrail] of Object.entries(document.guardrails)) {
    if (!guardrail.tools.includes(tool)) continue;
    const tools = guardrail.tools.filter((other) => other !== tool);
    edits.push({ kind: 'guardrail', name, value: tools.length === 0 ? null : { ...guardrail, tools } });
  }
  for (const [name, quota] of Object.entries(document.quotas))
    if (quota.tool === tool) edits.push({ kind: 'quota', name, value: null });
  for (const [name, assistant] of Object.entries(document.assistants))
    if (assistant.tools.includes(tool))
      edits.push({
        kind: 'assistant',
        name,
        value: { ...assistant, tools: assistant.tools.filter((other) => other !== tool) },
      });
  return [...edits, { kind: 'tool', name: tool, value: null }];
}

export function removeRole(document: PolicyDocument, role: string): PolicyEdit[] {
  const edits: PolicyEdit[] = document.cells
    .filter((cell) => cell.role === role)
    .map(({ tool }) => ({ kind: 'cell', role, tool, value: null }));
  for (const [name, other] of Object.entries(document.roles))
    if (name !== role && other.inherits.includes(role))
      edits.push({
        kind: 'role',
        name,
        value: { ...other, inherits: other.inherits.filter((one) => one !== role) },
      });
  for (const [name, quota] of Object.entries(document.quotas))
    if (quota.per === 'role' && quota.holder === role) edits.push({ kind: 'quota', name, value: null });
  return [...edits, { kind: 'role', name: role, value: null }];
}

/** A quota of one assistant goes with it: the document would name an assistant nobody knows. */
export function removeAssistant(document: PolicyDocument, assistant: string): PolicyEdit[] {
  const edits = Object.entries(document.quotas)
    .filter(([, quota]) => quota.per === 'assistant' && quota.holder === assistant)
    .map(([name]): PolicyEdit => ({ kind: 'quota', name, value: null }));
  return [...edits, { kind: 'assistant', name: assistant, value: null }];
}

/** A tool of another class: what was allowed of a tool that becomes human-only is asked for instead. */
export function changeTool(
  document: PolicyDocument,
  name: string,
  value: PolicyDocument['tools'][string],
): PolicyEdit[] {
  const locked: PolicyEdit[] = value.class === 'human_only' ? allowedCells(document, name) : [];
  return [{ kind: 'tool', name, value }, ...locked];
}

/** Roles whose Allow a class takes away: it becomes Ask. */
export const lockedBy = (document: PolicyDocument, tool: string, next: ToolClass): string[] =>
  next === 'human_only' ? allowed(document, tool).map(({ role }) => role) : [];

const allowed = (document: PolicyDocument, tool: string) =>
  document.cells.filter((cell) => cell.tool === tool && cell.effect === 'allow');

const allowedCells = (document: PolicyDocument, tool: string): PolicyEdit[] =>
  allowed(document, tool).map(({ role, when }) => ({
    kind: 'cell',
    role,
    tool,
    value: when === undefined ? { effect: 'approve' } : { effect: 'approve', when },
  }));
