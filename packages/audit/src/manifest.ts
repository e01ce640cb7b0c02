/** The first line of an export: what it holds, of what, by whom, and where the chain stood. */
import { readObject } from './json.js';
import { GENESIS, isCount, isHash, isInstant, isUuid } from './record.js';

export const EXPORT_FORMAT = 'reeve-audit-export';

export interface Manifest {
  readonly v: 1;
  readonly format: typeof EXPORT_FORMAT;
  /** The tenant, a lower-case UUID, and its name for people. */
  readonly tenant: string;
  readonly tenant_name: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly exported_at: string;
  readonly exported_by: string;
  /** What the rows were selected by; null for a complete range. */
  readonly filter: Readonly<Record<string, unknown>> | null;
  /** First and last record of the range; `to_seq` is `from_seq - 1` when it is empty. */
  readonly from_seq: number;
  readonly to_seq: number;
  /** Record lines that follow. */
  readonly count: number;
  /** Hash of record `from_seq - 1`; zeros when `from_seq` is 1. */
  readonly prev_hash: string;
  /** A complete range ends at its own head, record `to_seq`; a filtered export names the ledger's head. */
  readonly head_seq: number;
  readonly head_hash: string;
}

const MEMBERS: { readonly [name in keyof Manifest]: (value: unknown) => boolean } = {
  v: (value) => value === 1,
  format: (value) => value === EXPORT_FORMAT,
  tenant: isUuid,
  tenant_name: (value) => typeof value === 'string',
  exported_at: isInstant,
  exported_by: (value) => typeof value === 'string',
  filter: (value) => typeof value === 'object' && !Array.isArray(value),
  from_seq: (value) => isCount(value) && value > 0,
  to_seq: isCount,
  count: isCount,
  prev_hash: isHash,
  head_seq: isCount,
  head_hash: isHash,
};

/** Reads a manifest's text; the name of the first malformed member if it is not one. */
export function readManifest(text: string): Manifest | string {
  const value = readObject(text);
  if (!value) return 'no JSON object';
  const malformed = Object.entries(MEMBERS).find(([name, fits]) => !fits(value[name]))?.[0];
  return malformed ? `a malformed "${malformed}"` : (value as unknown as Manifest);
}

/** What the manifest's own numbers contradict, or undefined if they agree. */
export function contradiction(manifest: Manifest): { expected: string; found: string } | undefined {
  const { filter, from_seq: from, to_seq: to, count, prev_hash: prev, head_seq: head } = manifest;
  const span = to - from + 1;
  if (span < 0) return { expected: `to_seq of at least ${from - 1}`, found: `to_seq ${to}` };
  if (filter === null ? count !== span : count > span) {
    return {
      expected: `count ${filter === null ? '' : 'up to '}${span} from ${from} to ${to}`,
      found: `count ${count}`,
    };
  }
  if (filter === null ? head !== to : head < to) {
    return { expected: `head_seq ${filter === null ? '' : 'from '}${to}`, found: `head_seq ${head}` };
  }
  if (from === 1 && prev !== GENESIS) return { expected: `prev_hash ${GENESIS}`, found: prev };
  return undefined;
}
