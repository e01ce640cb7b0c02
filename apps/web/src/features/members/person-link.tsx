/** A person's one-time link on its only appearance. */
import { dateTime } from '../../shared/format.js';
import { ShownOnce } from '../../shared/records/shown-once.js';

export interface PersonLink {
  readonly url: string;
  readonly expiresAt: string;
}

interface Props {
  readonly name: string;
  readonly link: PersonLink;
  readonly onClose: () => void;
}

export function PersonLinkShown({ name, link, onClose }: Props) {
  return (
    <ShownOnce
      title={`A link for ${name}`}
      label={`One-time link, until ${dateTime(link.expiresAt, 'UTC')} UTC`}
      secret={link.url}
      onClose={onClose}
    >
      <p className="text-13 text-muted">
        Whoever opens it signs in as {name}: hand it over on a way you trust. It works once, and only while
        there is no newer one.
      </p>
    </ShownOnce>
  );
}
