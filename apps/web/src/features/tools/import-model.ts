/**
 * The effect of an import on a draft: which tools are new, which change and how, and what each still has to be told.
 */
import type { ImportedTool, PolicyDocument, PolicyEdit, PolicyTool } from '@reeve/policy';

export interface ImportRow {
  readonly tool: ImportedTool;
  readonly state: 'new' | 'changed' | 'same';
  /** Members that are not as they were. */
  readonly differs: readonly string[];
}

/** Nothing is chosen for anybody that could allow more: a class has to be named, a changed tool to be ticked. */
export interface Choice {
  readonly chosen: boolean;
  readonly class: PolicyTool['class'] | '';
  readonly justification: string;
}
export type Choices = Readonly<Record<string, Choice>>;

const JUSTIFICATION_MIN = 8;
/** A request of 1 MB is refused, and a draft is saved in one. */
const EDITS_CHARS = 900_000;

export const rowsOf = (tools: readonly ImportedTool[], document: PolicyDocument): ImportRow[] =>
  tools.map((tool) => {
    const is = Object.hasOwn(document.tools, tool.name) ? document.tools[tool.name] : undefined;
    if (is === undefined) return { tool, state: 'new', differs: [] };
    const differs = [
      ...(canonical(is.schema) === canonical(tool.schema) ? [] : ['arguments']),
      ...(is.description === tool.description ? [] : ['description']),
    ];
    return { tool, state: differs.length > 0 ? 'changed' : 'same', differs };
  });

export const firstChoices = (rows: readonly ImportRow[]): Choices =>
  Object.fromEntries(
    rows.map(({ tool, state }) => [tool.name, { chosen: state === 'new', class: '', justification: '' }]),
  );

/** The word for what is missing before this row can go into a draft, or null. */
export function missing({ state }: ImportRow, choice: Choice): string | null {
  if (!choice.chosen || state !== 'new') return null;
  if (choice.class === '') return 'choose its class';
  return choice.justification.trim().length < JUSTIFICATION_MIN ? 'say why, in 8 characters or more' : null;
}

export const chosenOf = (rows: readonly ImportRow[], choices: Choices): ImportRow[] =>
  rows.filter(({ tool, state }) => state !== 'same' && choices[tool.name]?.chosen === true);

/** A tool that exists keeps its class, its justification, its owner. */
export function importEdits(
  rows: readonly ImportRow[],
  choices: Choices,
  document: PolicyDocument,
  server: string,
): PolicyEdit[] {
  return chosenOf(rows, choices).map(({ tool, state }): PolicyEdit => {
    const { name, description, schema } = tool;
    const { class: toolClass, justification } = choices[name]!;
    if (state !== 'new')
      return { kind: 'tool', name, value: { ...document.tools[name]!, description, schema } };
    if (toolClass === '') throw new Error(`${name} has no class`);
    return {
      kind: 'tool',
      name,
      value: {
        class: toolClass,
        justification: justification.trim(),
        description,
        owner: '',
        server,
        reversible: false,
        schema,
        untrustedOutput: true,
      },
    };
  });
}

export const tooLarge = (edits: readonly PolicyEdit[]): boolean => JSON.stringify(edits).length > EDITS_CHARS;

/** Equal JSON gives equal text. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
