import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { notify } from '../../shared/ui/toast.js';
import { changePassword } from './session.queries.js';
import { useForm } from '../../shared/use-form.js';

export function ChangePassword() {
  const { pending, errorAt, submit } = useForm(async ({ currentPassword = '', password = '' }) => {
    await changePassword(currentPassword, password);
    notify({ title: 'Password changed', description: 'Every other session of yours was signed out.' });
  });
  return (
    <form className="grid gap-4 sm:grid-cols-2" onSubmit={submit}>
      <TextField
        label="Current password"
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        error={errorAt('currentPassword')}
      />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        required
        error={errorAt('password', true)}
      />
      <Button type="submit" pending={pending} className="justify-self-start">
        Change password
      </Button>
    </form>
  );
}
