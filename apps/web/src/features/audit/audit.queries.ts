/** The log: pages that stay as they were read, one record, and the export as a stream. */
import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../shared/api/api-error.js';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { AuditRecordQuery, AuditRecordsQuery } from '../../shared/gql/generated/graphql.js';
import { newestQuery, recordsQuery } from '../../shared/records/use-records.js';
import { rangeOf, type TimeRange, type TimeSearch } from '../../shared/url/time-range.js';
import { auditFilter, type AuditFilters } from './audit.search.js';

const PAGE = graphql(`
  query AuditRecords($tenant: String!, $filter: AuditFilter, $first: Int, $after: String) {
    auditRecords(tenant: $tenant, filter: $filter, first: $first, after: $after) {
      endCursor
      hasNextPage
      totalCount
      nodes {
        seq
        id
        kind
        at
        actor
        actorId
        action
        target
        targetName
        subjectRef
        subjectType
        subjectId
        effect
        reason
      }
    }
  }
`);
const COUNT = graphql(`
  query AuditCount($tenant: String!, $filter: AuditFilter) {
    auditRecords(tenant: $tenant, filter: $filter, first: 1) {
      totalCount
    }
  }
`);
const NEWEST = graphql(`
  query NewestAuditRecords($tenant: String!, $filter: AuditFilter) {
    auditRecords(tenant: $tenant, filter: $filter, first: 100) {
      nodes {
        seq
      }
    }
  }
`);
const ONE = graphql(`
  query AuditRecord($tenant: String!, $seq: String!) {
    auditRecord(tenant: $tenant, seq: $seq) {
      seq
      id
      kind
      at
      actor
      actorId
      action
      target
      targetName
      subjectRef
      subjectType
      subjectId
      effect
      reason
      hash
      prev
      keyId
      payload
    }
  }
`);
const ACTORS = graphql(`
  query AuditActors($tenant: String!) {
    auditActors(tenant: $tenant) {
      id
      name
    }
  }
`);
export type AuditRow = AuditRecordsQuery['auditRecords']['nodes'][number];
export type AuditRecordInFull = AuditRecordQuery['auditRecord'];

const ROWS = 100;

const filterOf = (filters: AuditFilters, time: TimeSearch) => auditFilter(filters, rangeOf(time, Date.now()));

export const auditRecordsQuery = (tenant: string, filters: AuditFilters, time: TimeSearch) =>
  recordsQuery(['audit', tenant, filters, time], (after, signal) =>
    query(PAGE, { tenant, first: ROWS, after, filter: filterOf(filters, time) }, signal).then(
      ({ auditRecords }) => auditRecords,
    ),
  );

export const newestRecordsQuery = (tenant: string, filters: AuditFilters, time: TimeSearch) =>
  newestQuery(['audit-newest', tenant, filters, time], time.to === undefined, (signal) =>
    query(NEWEST, { tenant, filter: filterOf(filters, time) }, signal).then(
      ({ auditRecords }) => auditRecords.nodes,
    ),
  );

export const auditCountQuery = (tenant: string, filters: AuditFilters, range: TimeRange | null) =>
  queryOptions({
    queryKey: ['audit-count', tenant, filters, range?.key ?? 'all'],
    queryFn: ({ signal }) =>
      query(COUNT, { tenant, filter: auditFilter(filters, range) }, signal).then(
        ({ auditRecords }) => auditRecords.totalCount,
      ),
    placeholderData: undefined,
  });

export const auditRecordQuery = (tenant: string, seq: string) =>
  queryOptions({
    queryKey: ['audit-record', tenant, seq],
    queryFn: ({ signal }) => query(ONE, { tenant, seq }, signal).then(({ auditRecord }) => auditRecord),
    staleTime: Infinity,
    placeholderData: undefined,
    meta: { live: false },
  });

export const auditActorsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['audit-actors', tenant],
    queryFn: ({ signal }) => query(ACTORS, { tenant }, signal).then(({ auditActors }) => auditActors),
  });

export interface Progress {
  readonly lines: number;
  readonly bytes: number;
}

/** Reads the whole export; an abort ends the stream on the server too. Rejects with ApiError for what it refused. */
export async function download(
  address: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ readonly file: Blob; readonly name: string } & Progress> {
  const answer = await fetch(address, { credentials: 'same-origin', signal });
  if (!answer.ok || answer.body === null) throw await refusal(answer);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  let bytes = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    for (const byte of value) if (byte === 0x0a) lines += 1;
    onProgress({ lines, bytes });
  }
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  return { file: new Blob(parts, { type }), name: name ?? 'audit', lines, bytes };
}

async function refusal(answer: Response): Promise<ApiError> {
  try {
    const problem = (await answer.json()) as { code?: string; detail?: string; title?: string };
    return new ApiError(
      problem.code ?? String(answer.status),
      problem.detail ?? problem.title ?? 'It was refused.',
    );
  } catch {
    return new ApiError(String(answer.status), `The server answered ${answer.status}.`);
  }
}
