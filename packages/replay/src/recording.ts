/** The recorded conversations (prisma/seed/tau/SOURCE.md), and who was speaking in them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const DOMAINS = ['airline', 'retail', 'telecom'] as const;
export type Domain = (typeof DOMAINS)[number];

export interface RecordedCall {
  /** Place in the conversation. */
  readonly n: number;
  /** The message that made it; calls of one step were made together. */
  readonly step: number;
  readonly tool: string;
  readonly kind: 'read' | 'write' | 'generic' | 'think';
  readonly args: { readonly [name: string]: unknown };
  /** The customer known at this point from earlier look-ups. */
  readonly known: string | null;
  /** The tool refused or failed. */
  readonly failed: boolean;
  /** SHA-256 of the whole result, hex. */
  readonly digest: string;
  readonly at?: string;
  /** Writes only: the written rules it broke. */
  readonly fails?: readonly string[];
}

export interface RecordedRun {
  readonly run: string;
  /** The run it was recorded as, where it is played as another. */
  readonly recorded?: string;
  readonly domain: Domain;
  readonly model: string;
  /** 1: the whole conversation ended right. */
  readonly reward: number;
  readonly customer: string | null;
  readonly membership: string | null;
  readonly calls: readonly RecordedCall[];
}

/** Somebody on whose behalf an agent asks. */
export interface RecordedSubject {
  readonly type: string;
  readonly id: string;
}

/** Nobody has said who they are yet: one bound subject with a narrow role. */
export const ANONYMOUS: RecordedSubject = { type: 'session', id: 'anonymous' };

/** The customer of the task, else the one the conversation has identified so far, else nobody in particular. */
export function subjectOf(run: RecordedRun, call: RecordedCall): RecordedSubject {
  const id = run.customer ?? call.known;
  return id === null ? ANONYMOUS : { type: 'user', id };
}

/** Somebody whom a recording knows, with the roles that it says they have. */
export interface RecordedCustomer extends RecordedSubject {
  readonly roles: readonly string[];
}

/** Each customer of the domain once, by their ids. */
export function customersOf(domain: Domain, recording: readonly RecordedRun[]): RecordedCustomer[] {
  const customers = new Map<string, string>();
  for (const run of recording.filter((run) => run.domain === domain))
    for (const call of run.calls) {
      const { type, id } = subjectOf(run, call);
      if (type === 'user') customers.set(id, roleOf(run, id) ?? customers.get(id) ?? 'customer');
    }
  return [...customers]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, role]) => ({ type: 'user', id, roles: [role] }));
}

/** Gold and silver are what the airline's own profile of the customer says. */
function roleOf(run: RecordedRun, id: string): string | undefined {
  const tier = run.customer === id ? run.membership : null;
  return tier === 'gold' || tier === 'silver' ? `member_${tier}` : undefined;
}

export function readRecording(file = recordingFile()): RecordedRun[] {
  return gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedRun);
}

/** Looked for upwards, so that it is found from the sources and from a bundle alike. */
export function recordingFile(from = dirname(fileURLToPath(import.meta.url))): string {
  const file = join(from, 'prisma/seed/tau/runs.jsonl.gz');
  if (existsSync(file)) return file;
  const parent = dirname(from);
  if (parent === from) throw new Error('prisma/seed/tau/runs.jsonl.gz is missing from this checkout');
  return recordingFile(parent);
}
