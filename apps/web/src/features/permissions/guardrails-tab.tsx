/** Guardrails: what must hold of the arguments before a tool runs. */
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Cells, Table } from '../../shared/policy-draft/table.js';
import { Button } from '../../shared/ui/button.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty } from '../../shared/ui/states.js';
import { Status } from '../../shared/ui/status.js';
import type { EditingProps } from './roles-tab.js';

const GuardrailDrawer = lazy(() =>
  import('./guardrail-drawer.js').then((module) => ({ default: module.GuardrailDrawer })),
);

export function GuardrailsTab({ document, editor, readOnly }: EditingProps) {
  const [open, setOpen] = useState<string | null>(null);
  const guardrails = Object.entries(document.guardrails);
  return (
    <Panel
      title="Guardrails"
      note="every check must hold, else the call is denied with its message"
      flush
      actions={
        <Button
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          disabled={readOnly !== null}
          onClick={() => setOpen('')}
        >
          Add guardrail
        </Button>
      }
    >
      {guardrails.length === 0 ? (
        <Empty title="No guardrails yet">
          Permissions say who may call a tool; guardrails say with what.
        </Empty>
      ) : (
        <Table label="Guardrails" head={['Guardrail', 'Title', 'Tools', 'Checks', 'State', '']}>
          {guardrails.map(([name, guardrail]) => (
            <Cells
              key={name}
              of={[
                <span key="n" className="mono">
                  {name}
                </span>,
                guardrail.title,
                <span
                  key="t"
                  className="mono block break-words text-muted"
                  title={guardrail.tools.join(', ')}
                >
                  {guardrail.tools.join(', ')}
                </span>,
                guardrail.checks.length,
                <Status key="s" tone={guardrail.enabled ? 'ok' : 'unknown'}>
                  {guardrail.enabled ? 'on' : 'off'}
                </Status>,
                <Button
                  key="e"
                  size="sm"
                  kind="ghost"
                  disabled={readOnly !== null}
                  aria-label={`Edit ${name}`}
                  onClick={() => setOpen(name)}
                >
                  Edit
                </Button>,
              ]}
            />
          ))}
        </Table>
      )}
      <Suspense>
        {open !== null && (
          <GuardrailDrawer
            key={open}
            name={open}
            document={document}
            editor={editor}
            onClose={() => setOpen(null)}
          />
        )}
      </Suspense>
    </Panel>
  );
}
