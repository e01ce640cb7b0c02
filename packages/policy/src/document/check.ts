/** The sense of a document: what its schema cannot say. A document with a problem is not published. */
import { compileCondition } from '../expressions/cel/condition.js';
import { ExpressionError } from '../expressions/expression-error.js';
import { compileSchema } from '../expressions/schema.js';
import { pointer } from '../json-pointer.js';
import { entriesOf, KIND_NAMES, KINDS, type KindName, type Values } from './kinds.js';
import type { Compiled, Entry } from './kind.js';
import { PolicyDocument } from './policy-document.js';

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
    problems: parsed.error.issues.map(({ path, message }) => ({ path: pointer(path), message })),
  };
}

/** Bytes that one policy may take, as text and once it is compiled: every process that decides by it holds it. */
export const POLICY = { bytesMax: 16 << 20, compiledBytesMax: 24 << 20 } as const;

/** `compiling` hears where it is before each expression, so that who waits too long knows for what. */
export function checkPolicy(
  document: PolicyDocument,
  compiling: (path: string) => void = () => undefined,
): PolicyProblem[] {
  if (JSON.stringify(document).length > POLICY.bytesMax)
    return [{ path: '', message: `the policy is larger than ${POLICY.bytesMax >> 20} MB` }];
  const problems: PolicyProblem[] = [];
  const report = (path: readonly PropertyKey[], message: string) =>
    problems.push({ path: pointer(path), message });
  const compile = compiler(report, compiling);
  for (const kind of KIND_NAMES) checkKind(document, kind, entriesOf(document, kind), report, compile);
  return problems;
}

type Report = (path: readonly PropertyKey[], message: string) => void;

/** Names that are there, each thing once, what the kind itself says, and expressions that compile. */
function checkKind<K extends KindName>(
  document: PolicyDocument,
  kind: K,
  entries: readonly Entry<Values[K]>[],
  report: Report,
  compile: (expression: Compiled, path: readonly PropertyKey[]) => void,
): void {
  const { member, references, problems, expressions, nameOf, placeOf } = KINDS[kind];
  const seen = new Set<string>();
  entries.forEach(([key, value], i) => {
    const at = [member, placeOf(key, i)];
    for (const { kind: of, name, path } of references?.(value) ?? [])
      if (!Object.hasOwn(document[KINDS[of].member], name))
        report([...at, ...path], `there is no ${kindWords(of)} ${name}`);
    if (seen.has(key)) report(at, `there are two ${member} ${nameOf(key)}`);
    seen.add(key);
    for (const { path, message } of problems?.(value, key, document) ?? []) report([...at, ...path], message);
    for (const expression of expressions?.(value) ?? []) compile(expression, [...at, ...expression.path]);
  });
}

/** Compiles one expression after the other, as long as all of them are not too many to hold. */
function compiler(report: Report, compiling: (path: string) => void) {
  const compiled = new Set<{ readonly bytes: number }>();
  let bytes = 0;
  return (expression: Compiled, path: readonly PropertyKey[]): void => {
    if (bytes > POLICY.compiledBytesMax) return;
    compiling(pointer(path));
    try {
      const one =
        'condition' in expression ? compileCondition(expression.condition) : compileSchema(expression.schema);
      if (!compiled.has(one)) bytes += one.bytes;
      compiled.add(one);
      if (bytes > POLICY.compiledBytesMax)
        report(path, 'the schemas and conditions up to here are more than a policy may hold');
    } catch (error) {
      const place = error instanceof ExpressionError && error.path !== '' ? `${error.path} ` : '';
      report(path, place + (error instanceof Error ? error.message : String(error)));
    }
  };
}

/** `resource type`. */
const kindWords = (kind: KindName): string =>
  kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
