/** A name that agents gave, as it came in their traces; absent and folded ones in our words. */
export const OTHER = '(other)';

export function Named({ name }: { readonly name: string | null | undefined }) {
  if (name == null)
    return (
      <span className="text-faint" title="The traces do not say.">
        not said
      </span>
    );
  if (name === OTHER)
    return (
      <span className="text-muted" title="More values than are told apart, together.">
        other
      </span>
    );
  return <code title={name}>{name}</code>;
}
