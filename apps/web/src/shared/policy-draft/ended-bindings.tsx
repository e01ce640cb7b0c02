/** Bindings to what goes: who loses them with the publish. */
import { useQuery } from '@tanstack/react-query';
import { counted } from './change-words.js';
import { policyReviewQuery, type Reviewed } from './policy-draft.queries.js';

const KINDS = {
  role: { what: (name: string) => `the role ${name}`, holder: 'subject' },
  grant: { what: (name: string) => `the grant of ${name}`, holder: 'subject' },
  assistant: { what: (name: string) => `the assistant ${name}`, holder: 'API key' },
} as const;
const NAMED_MAX = 8;

export function EndedBindings({ tenant, of }: { readonly tenant: string; readonly of: Reviewed }) {
  const { data, error } = useQuery(policyReviewQuery(tenant, of));
  if (error)
    return (
      <p role="alert" className="rounded-card border border-warn p-3 text-13">
        Who is bound to what goes could not be read: {error.message}
      </p>
    );
  if (data === undefined || data.length === 0) return null;
  return (
    <section aria-label="Bindings that end" className="rounded-card border border-warn p-3">
      <h3 className="text-13 font-medium">These end with the publish, and do not come back with the name</h3>
      <ul className="mt-1 flex flex-col gap-1 text-13">
        {data.map(({ kind, name, count, holders }) => {
          const { what, holder } = KINDS[kind as keyof typeof KINDS];
          return (
            <li key={`${kind} ${name}`}>
              <strong className="font-medium">{counted(count, holder)}</strong>{' '}
              {count === 1 ? 'loses' : 'lose'} {what(name)}
              {kind === 'assistant' && '; a key without another one is revoked'}
              {holders.length > 0 && (
                <span className="block text-12 break-words text-muted">
                  {holders.slice(0, NAMED_MAX).join(', ')}
                  {count > NAMED_MAX && ` and ${(count - NAMED_MAX).toLocaleString('en')} more`}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
