/** Guardrails: what must hold of the arguments before a tool runs. */
import { lazy } from 'react';
import { NamedList, type ListProps } from '../../shared/policy-draft/named-list.js';
import { Status } from '../../shared/ui/status.js';

// What checks conditions is larger than any page.
const GuardrailEditor = lazy(() =>
  import('./guardrail-editor.js').then((module) => ({ default: module.GuardrailEditor })),
);

export function Guardrails(props: ListProps) {
  return (
    <NamedList
      {...props}
      kind="guardrail"
      one="guardrail"
      title="Guardrails"
      note="every check must hold, else the call is denied with its message"
      why="Permissions say who may call a tool; guardrails say with what."
      columns={[
        { name: 'Title', wrap: true, render: ({ value }) => value.title },
        {
          name: 'On',
          wrap: true,
          render: ({ value: { tools, resourceTypes = [] } }) => (
            <span className="mono text-muted">{[...tools, ...resourceTypes].join(', ')}</span>
          ),
        },
        { name: 'Checks', end: true, render: ({ value }) => value.checks.length },
        {
          name: 'State',
          render: ({ value: { enabled } }) => (
            <Status tone={enabled ? 'ok' : 'unknown'}>{enabled ? 'on' : 'off'}</Status>
          ),
        },
      ]}
      renderEditor={(editor) => <GuardrailEditor {...editor} />}
    />
  );
}
