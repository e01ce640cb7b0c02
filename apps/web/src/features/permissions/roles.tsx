/** Roles: what the people are whom an agent acts for, and whose cells each has too. */
import type { PolicyRole } from '@reeve/policy';
import type { EditorProps } from '../../shared/policy-draft/editing.js';
import { Described, NamesField } from '../../shared/policy-draft/fields.js';
import { NamedEditor } from '../../shared/policy-draft/named-editor.js';
import { NamedList, type ListProps } from '../../shared/policy-draft/named-list.js';

export function Roles(props: ListProps) {
  const { cells } = props.editing.document;
  return (
    <NamedList
      {...props}
      kind="role"
      one="role"
      title="Roles"
      note="a role has the cells of every role it inherits"
      why="A role is what the people are whom an agent acts for."
      columns={[
        { name: 'Title', wrap: true, render: ({ value }) => value.title || value.description || '–' },
        { name: 'Inherits', wrap: true, render: ({ value }) => value.inherits.join(', ') || '–' },
        {
          name: 'Own cells',
          end: true,
          render: ({ name }) => cells.filter(({ role }) => role === name).length,
        },
      ]}
      renderEditor={(editor) => <RoleEditor {...editor} />}
    />
  );
}

const BLANK: PolicyRole = { title: '', description: '', inherits: [] };

function RoleEditor(props: EditorProps<'role'>) {
  const others = Object.keys(props.editing.document.roles).filter((name) => name !== props.row?.name);
  return (
    <NamedEditor {...props} blank={BLANK} formOf={(role) => role} read={(value) => ({ value })}>
      {({ form, set }) => (
        <>
          <Described form={form} set={set} />
          <NamesField
            legend="Inherits"
            names={others}
            chosen={form.inherits}
            onChange={(inherits) => set({ inherits })}
          />
        </>
      )}
    </NamedEditor>
  );
}
