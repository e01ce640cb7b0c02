/** Whether a document makes sense: what its schema cannot say. A document with a problem is not published. */
import { PolicyDocument, type PolicyCell } from '../contract/policy-document.js';
import { compileCondition } from '../expressions/cel/condition.js';
import { ExpressionError } from '../expressions/expression-error.js';
import { cellKey } from './edits.js';
import { circleAt } from './inheritance.js';
import { compileSchema } from '../expressions/schema.js';

/** `path` is a JSON Pointer into the document. */
export type PolicyProblem = { readonly path: string; readonly message: string };

export type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** A document out of anything: its shape only; `checkPolicy` asks for sense. */
export function parsePolicy(value: unknown): ParsedPolicy {
  const parsed = PolicyDocument.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => ({ path: pointer(...path), message })),
  };
}

/** What one policy may take, as text and once it is compiled: every process that decides by it holds it. */
export const POLICY = { bytesMax: 16 << 20, compiledBytesMax: 24 << 20 } as const;

/** `compiling` hears where it is before each expression, so that who waits too long knows for what. */
export function checkPolicy(
  document: PolicyDocument,
  compiling: (path: string) => void = () => undefined,
): PolicyProblem[] {
  if (JSON.stringify(document).length > POLICY.bytesMax)
    return [{ path: '', message: `the policy is larger than ${POLICY.bytesMax >> 20} MB` }];
  const problems: PolicyProblem[] = [];
  const compiled = new Set<{ readonly bytes: number }>();
  let bytes = 0;
  const compile = (make: () => { readonly bytes: number }, ...steps: readonly PropertyKey[]) => {
    const path = pointer(...steps);
    if (bytes > POLICY.compiledBytesMax) return;
    compiling(path);
    try {
      const one = make();
      if (!compiled.has(one)) bytes += one.bytes;
      compiled.add(one);
      if (bytes > POLICY.compiledBytesMax)
        problems.push({
          path,
          message: 'the schemas and conditions up to here are more than a policy may hold',
        });
    } catch (error) {
      const place = error instanceof ExpressionError && error.path !== '' ? `${error.path} ` : '';
      problems.push({ path, message: place + (error instanceof Error ? error.message : String(error)) });
    }
  };
  const report = (message: string, ...path: PropertyKey[]) =>
    problems.push({ path: pointer(...path), message });
  const known = (kind: 'tools' | 'roles' | 'assistants', name: string, ...path: PropertyKey[]) => {
    if (!Object.hasOwn(document[kind], name)) report(`there is no ${kind.slice(0, -1)} ${name}`, ...path);
  };
  const expression = (source: string | undefined, ...path: PropertyKey[]) => {
    if (source !== undefined) compile(() => compileCondition(source), ...path);
  };

  for (const [name, { schema }] of Object.entries(document.tools))
    compile(() => compileSchema(schema), 'tools', name, 'schema');

  for (const [name, role] of Object.entries(document.roles)) {
    role.inherits.forEach((inherited, i) => known('roles', inherited, 'roles', name, 'inherits', i));
    if (circleAt(document.roles, name)) report('a role cannot inherit itself', 'roles', name, 'inherits');
  }

  const seen = new Set<string>();
  document.cells.forEach((cell: PolicyCell, i) => {
    known('roles', cell.role, 'cells', i, 'role');
    known('tools', cell.tool, 'cells', i, 'tool');
    if (seen.has(cellKey(cell))) report(`there are two cells ${cell.role}/${cell.tool}`, 'cells', i);
    seen.add(cellKey(cell));
    if (
      cell.effect === 'allow' &&
      Object.hasOwn(document.tools, cell.tool) &&
      document.tools[cell.tool]?.class === 'human_only'
    )
      report('a human_only tool can be asked for or denied, not allowed', 'cells', i, 'effect');
    expression(cell.when, 'cells', i, 'when');
  });

  for (const [name, guardrail] of Object.entries(document.guardrails)) {
    guardrail.tools.forEach((tool, i) => known('tools', tool, 'guardrails', name, 'tools', i));
    expression(guardrail.when, 'guardrails', name, 'when');
    guardrail.checks.forEach(({ must }, i) => expression(must, 'guardrails', name, 'checks', i, 'must'));
  }

  for (const [name, quota] of Object.entries(document.quotas)) {
    if (quota.tool !== undefined) known('tools', quota.tool, 'quotas', name, 'tool');
    if (quota.per === 'role' && quota.holder !== undefined)
      known('roles', quota.holder, 'quotas', name, 'holder');
    if (quota.per === 'assistant' && quota.holder !== undefined)
      known('assistants', quota.holder, 'quotas', name, 'holder');
  }

  for (const [name, assistant] of Object.entries(document.assistants))
    assistant.tools.forEach((tool, i) => known('tools', tool, 'assistants', name, 'tools', i));

  return problems;
}

const pointer = (...path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
