/** Inviting a person by address and name, then the link to hand over. */
import { useRef, useState, type ReactNode } from 'react';
import { TextField } from '../../shared/ui/field.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { PersonLinkShown, type PersonLink } from './person-link.js';

interface Props {
  readonly title: string;
  readonly chips: readonly string[];
  readonly confirmLabel: string;
  readonly onAdd: (person: { email: string; name: string; reason: string }) => Promise<PersonLink>;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

export function AddPersonDialog({ title, chips, confirmLabel, onAdd, onClose, children }: Props) {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [link, setLink] = useState<PersonLink | null>(null);
  const added = useRef(false);
  if (link !== null) return <PersonLinkShown name={name} link={link} onClose={onClose} />;
  return (
    <ReasonDialog
      onClose={() => added.current || onClose()}
      title={title}
      chips={chips}
      confirmLabel={confirmLabel}
      complete={email.trim() !== '' && name.trim() !== ''}
      fields={['email', 'name']}
      onConfirm={async (reason) => {
        const made = await onAdd({ email, name, reason });
        // The dialog closes itself on success, and this one has a link to show.
        added.current = true;
        setLink(made);
      }}
    >
      {(errorAt) => (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label="E-mail"
              error={errorAt('email')}
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
            <TextField
              label="Name"
              error={errorAt('name')}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          {children}
        </>
      )}
    </ReasonDialog>
  );
}
