/** A choice of admin roles, and what each may do: the sentence beside the box, so that nobody grants a word. */
import { ADMIN_ROLES, type AdminRole } from '@reeve/policy/roles';
import { words } from '../format.js';
import { CheckField } from '../ui/field.js';

const MAY: { readonly [role in AdminRole]: string } = {
  owner: 'everything in this tenant: members, keys, policy, stops, evidence, exports',
  policy_editor: 'edit and publish the policy, bind subjects, read arguments',
  operator: 'stop and lift, update subjects, revoke keys, read arguments',
  approver: 'approve access requests, read arguments',
  auditor: 'read and export the audit log, see keys, read arguments',
  viewer: 'see what is going on and whom to ask, no personal data',
};

interface RolePickerProps {
  readonly chosen: readonly AdminRole[];
  readonly onChange: (next: readonly AdminRole[]) => void;
}

export function RolePicker({ chosen, onChange }: RolePickerProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-12 font-medium text-muted">Roles</legend>
      {ADMIN_ROLES.map((role) => (
        <CheckField
          key={role}
          label={words(role)}
          hint={MAY[role]}
          checked={chosen.includes(role)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, role] : chosen.filter((each) => each !== role))
          }
        />
      ))}
    </fieldset>
  );
}

export function RoleChips({ roles }: { readonly roles: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {roles.map((role) => (
        <span
          key={role}
          className="rounded-chip border border-line px-1 text-11 leading-[18px] whitespace-nowrap text-muted"
        >
          {words(role)}
        </span>
      ))}
    </span>
  );
}
