/** Ledgers that are broken or have lost records, wherever somebody looks first; nothing where none has. */
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { slugsIn, useSession } from '../../shared/api/session.js';
import { StatusShape } from '../../shared/ui/status.js';
import { ledgerHeadQuery } from './ledger-head.queries.js';

export function IntegrityAlarms({ scope }: { readonly scope: string }) {
  const tenants = slugsIn(useSession(), scope);
  const alarms = useQueries({
    queries: tenants.map(ledgerHeadQuery),
    combine: (answers) =>
      answers.flatMap(({ data }, i) => {
        const said = data?.lost ? `Answered records are gone: ${data.lost}` : data?.broken;
        return said ? [{ tenant: tenants[i]!, said }] : [];
      }),
  });
  return alarms.map(({ tenant, said }) => (
    <div
      key={tenant}
      role="alert"
      className="flex min-h-8 flex-wrap items-center gap-2 rounded-control border border-crit bg-deny-fill px-3 py-0.5 text-13"
    >
      <StatusShape tone="crit" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">Audit log of {tenant}:</strong> {said}
      </p>
      <Link to="/$scope/audit" params={{ scope: tenant }} className="text-accent underline">
        Open the audit log
      </Link>
    </div>
  ));
}
