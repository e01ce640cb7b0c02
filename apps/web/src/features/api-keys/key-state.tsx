/**
 * The state of a key: whether it still works, until when, and if not, why: revoked, over, or gone with whoever made it.
 */
import { ago, count, fullDay, words } from '../../shared/format.js';
import { useZone } from '../../shared/url/use-zone.js';
import { useNow } from '../../shared/use-now.js';
import { Status } from '../../shared/ui/status.js';
import type { ApiKey } from './api-keys.queries.js';

const HOUR_MS = 3600_000;
/** From here on the list warns that a key ends. */
const WARNED_DAYS = 30;

export function KeyState({ of }: { readonly of: ApiKey }) {
  const now = useNow(HOUR_MS);
  const zone = useZone();
  const { state, createdBy, expiresAt, revokedAt, roles, effectiveRoles } = of;
  if (state === 'revoked') return <Status tone="unknown">revoked {revokedAt && ago(revokedAt)}</Status>;
  if (state === 'expired') return <Status tone="unknown">ended {expiresAt && ago(expiresAt)}</Status>;
  if (state === 'maker_gone')
    return <Status tone="crit">dead: {createdBy} may give it no role any more</Status>;
  const left = expiresAt ? (new Date(expiresAt).getTime() - now) / (24 * HOUR_MS) : Infinity;
  const lost = roles.filter((role) => !effectiveRoles.includes(role));
  if (lost.length > 0)
    return (
      <Status tone="warn">
        shrunk: {createdBy} is no longer {lost.map(words).join(', ')}
      </Status>
    );
  if (left <= WARNED_DAYS) return <Status tone="warn">ends in {count(Math.ceil(left))} days</Status>;
  return <Status tone="ok">good{expiresAt && ` until ${fullDay(expiresAt, zone)}`}</Status>;
}
