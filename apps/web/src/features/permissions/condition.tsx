/** A CEL expression while it is typed: what is wrong with it, and what it may speak of. */
import { conditionProblem } from '@reeve/policy';
import { GuideLink } from '../../shared/ui/guide-link.js';

/** The problem and its place, in one line for a field; null: there is none. */
export function problemLine(source: string): string | null {
  const problem = conditionProblem(source);
  if (problem === null) return null;
  const { message, at } = problem;
  return at === null ? message : `line ${at.line}, character ${at.column}: ${message}`;
}

const VARIABLE_HINTS = [
  ['args', 'what the tool is called with: args.amount < 100.0'],
  ['subject', 'on whose behalf: subject.id, subject.roles'],
  ['tool', 'the tool’s class, server, owner: tool.class == "read"'],
  ['context', 'what the caller says about its state: context.channel'],
  ['now', 'the time of the decision: now.getHours("UTC") < 18'],
] as const;

export function VariableHints() {
  return (
    <div className="flex flex-col items-start gap-1.5 text-12">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-muted">
        {VARIABLE_HINTS.map(([name, hint]) => (
          <div key={name} className="contents">
            <dt className="mono text-text">{name}</dt>
            <dd>{hint}</dd>
          </div>
        ))}
      </dl>
      <GuideLink to="write-a-condition">How to write a condition</GuideLink>
    </div>
  );
}
