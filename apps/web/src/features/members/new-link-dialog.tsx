/** A new link for somebody who lost theirs, their password or their second factor. */
import { useRef, useState } from 'react';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { PersonLinkShown, type PersonLink } from './person-link.js';

interface Props {
  readonly name: string;
  readonly invited: boolean;
  readonly onMake: (reason: string) => Promise<PersonLink>;
  readonly onClose: () => void;
}

export function NewLinkDialog({ name, invited, onMake, onClose }: Props) {
  const [link, setLink] = useState<PersonLink | null>(null);
  const made = useRef(false);
  if (link !== null) return <PersonLinkShown name={name} link={link} onClose={onClose} />;
  return (
    <ReasonDialog
      onClose={() => made.current || onClose()}
      title={`A new link for ${name}`}
      description={
        invited
          ? 'The link they were given so far stops working.'
          : 'Whoever opens it sets a password and signs in for them from then on. Until then nothing changes.'
      }
      chips={['Link was lost or is too old', 'Password was forgotten', 'Second factor was lost']}
      confirmLabel="Make a link"
      onConfirm={async (reason) => {
        const next = await onMake(reason);
        made.current = true;
        setLink(next);
      }}
    />
  );
}
