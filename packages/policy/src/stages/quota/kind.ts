/** The log of a quota's spends as state: one for each holder, a subject's under its pseudonym. */
import { ownKey, stateKey, type Kind, type StateKey } from '../../state/kind.js';
import type { CompiledQuota } from '../../document/compile.js';
import type { EvaluationRequest, QuotaLog } from '../../vocabulary.js';
import { notAfter } from './log.js';
import { quotaLogText, readQuotaLog } from './text.js';

/** The longest window a quota can have: a log that is older is empty whoever counts it, also after its quota was changed. */
export const LONGEST_WINDOW_MS = 31 * 24 * 3_600_000;

export const quotaLog: Kind<QuotaLog> = {
  name: 'quota',
  empty: [],
  read: readQuotaLog,
  write: quotaLogText,
  keysOf: (request, policy) => policy.quotasOn(request).flatMap((one) => quotaKey(one, request) ?? []),
  expiresAt: (log) => (log.length === 0 ? null : log.at(-1)![0] + LONGEST_WINDOW_MS),
  notAfter,
};

/**
 * The key of the holder's spends. null: this quota does not count this request. A quota's name holds no colon
 * (contract/fields.ts), so where the holder begins is never in doubt.
 */
export function quotaKey({ name, per, holder }: CompiledQuota, request: EvaluationRequest): StateKey | null {
  switch (per) {
    case 'user':
      return ownKey(name, request.subject);
    case 'role':
      return holder === undefined ? null : stateKey(`${name}:role:${holder}`);
    case 'assistant': {
      const { assistant } = request;
      return assistant === null || (holder !== undefined && holder !== assistant)
        ? null
        : stateKey(`${name}:assistant:${assistant}`);
    }
    case 'tenant':
      return stateKey(`${name}:tenant`);
  }
}

/** The parts the name of a key was made of; `holder` is empty where it is a subject. */
export function quotaOfKey(name: string): {
  readonly quota: string;
  readonly per: CompiledQuota['per'];
  readonly holder: string;
} {
  const [quota = '', per = 'user', ...holder] = name.split(':');
  return { quota, per: per as CompiledQuota['per'], holder: holder.join(':') };
}
