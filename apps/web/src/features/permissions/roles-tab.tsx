/** Roles as the draft has them: what they are called and whose cells they have too. */
import { removal, type PolicyDocument, type PolicyRole } from '@reeve/policy';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { PolicyEditor } from '../../shared/policy-draft/policy-editor.js';
import { nameProblem } from '../../shared/policy-draft/name-problem.js';
import { Button } from '../../shared/ui/button.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { CheckField, TextField } from '../../shared/ui/field.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty } from '../../shared/ui/states.js';
import { Cells, Table } from '../../shared/policy-draft/table.js';

export interface EditingProps {
  readonly document: PolicyDocument;
  readonly editor: PolicyEditor;
  readonly readOnly: string | null;
}

const NEW: PolicyRole = { title: '', description: '', inherits: [] };

export function RolesTab({ document, editor, readOnly }: EditingProps) {
  const [open, setOpen] = useState<string | null>(null);
  const roles = Object.entries(document.roles);
  return (
    <Panel
      title="Roles"
      note="a role has the cells of every role it inherits"
      flush
      actions={
        <Button
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          disabled={readOnly !== null}
          onClick={() => setOpen('')}
        >
          Add role
        </Button>
      }
    >
      {roles.length === 0 && (
        <Empty title="No roles yet">A role is what the people are whom an agent acts for.</Empty>
      )}
      {roles.length > 0 && (
        <Table label="Roles" head={['Role', 'Title', 'Inherits', 'Own cells', '']}>
          {roles.map(([name, role]) => (
            <Cells
              key={name}
              of={[
                <span key="n" className="font-medium">
                  {name}
                </span>,
                <span key="t" className="text-muted" title={role.description}>
                  {role.title || role.description || '–'}
                </span>,
                role.inherits.join(', ') || '–',
                document.cells.filter((cell) => cell.role === name).length,
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
      {open !== null && (
        <RoleDialog
          key={open}
          name={open}
          document={document}
          editor={editor}
          onClose={() => setOpen(null)}
        />
      )}
    </Panel>
  );
}

function RoleDialog({
  name: was,
  document,
  editor,
  onClose,
}: Omit<EditingProps, 'readOnly'> & { readonly name: string; readonly onClose: () => void }) {
  const [name, setName] = useState(was);
  const [role, setRole] = useState(document.roles[was] ?? NEW);
  const isNew = was === '';
  const problem = isNew ? nameProblem(name, document.roles) : null;
  const others = Object.keys(document.roles).filter((other) => other !== was);
  const save = () => {
    editor.edit([{ kind: 'role', name, value: role }]);
    onClose();
  };
  const remove = () => {
    editor.edit(removal(document, 'role', was));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={isNew ? 'Add a role' : `Role ${was}`}
      footer={
        <>
          {!isNew && (
            <Button kind="danger" className="mr-auto" onClick={remove}>
              Remove with its cells
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={problem !== null} onClick={save}>
            Put into the draft
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        {isNew && (
          <TextField
            label="Name"
            value={name}
            error={name === '' ? null : problem}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label="Title"
          value={role.title}
          onChange={(event) => setRole({ ...role, title: event.target.value })}
        />
        <TextField
          label="Description"
          value={role.description}
          onChange={(event) => setRole({ ...role, description: event.target.value })}
        />
        <fieldset>
          <legend className="mb-1 text-12 font-medium text-muted">Inherits</legend>
          <div className="grid grid-cols-2 gap-1.5">
            {others.map((other) => (
              <CheckField
                key={other}
                label={other}
                checked={role.inherits.includes(other)}
                onChange={(event) =>
                  setRole({
                    ...role,
                    inherits: event.target.checked
                      ? [...role.inherits, other]
                      : role.inherits.filter((one) => one !== other),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
      </div>
    </Dialog>
  );
}
