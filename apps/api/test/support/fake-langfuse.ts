/**
 * A Langfuse server that answers with what a real one has answered, and holds every request against its own description.
 * Times are moved, because what is too old is not kept.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Row } from '../../src/langfuse/langfuse-api.js';

export const KEYS = { publicKey: 'pk-lf-recorded', secretKey: 'sk-lf-very-secret-4711' };

export interface FakeRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** Does what it likes with the response. */
type Rogue = (response: ServerResponse) => void;
type Instead = (request: FakeRequest) => Reply | Rogue | undefined | Promise<Reply | Rogue | undefined>;

export interface FakeScore {
  readonly id: string;
  readonly name: string;
  readonly dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT';
  readonly value?: number;
  readonly stringValue?: string;
  readonly comment?: string;
  readonly traceId?: string;
  readonly observationId?: string;
  readonly sessionId?: string;
  readonly timestamp: string;
  readonly updatedAt?: string;
}

interface Recorded {
  readonly request: { readonly path: string };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const HERE = fileURLToPath(new URL('../data/langfuse/', import.meta.url));
const ROWS = fileURLToPath(new URL('../../../../packages/telemetry/cases/data/', import.meta.url));
const read = (file: string): unknown => {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
};

type Parameters = Readonly<Record<string, Readonly<Record<string, { in: string; type: string }>>>>;
const PARAMETERS = read(`${HERE}parameters.json`) as Parameters;
const MODES = {
  events_only: read(`${HERE}server-mode-events_only.json`) as Recorded[],
  legacy: read(`${HERE}server-mode-legacy.json`) as Recorded[],
};
const WRONG_KEY = read(`${HERE}error-wrong-key.json`) as Recorded;
const BAD_CURSOR = read(`${HERE}error-bad-cursor.json`) as Recorded;
const PROJECTS = read(`${HERE}projects.json`) as Recorded;
const LIMITS: Readonly<Record<string, number>> = {
  '/api/public/v2/observations': 1_000,
  '/api/public/observations': 100,
  '/api/public/v2/scores': 100,
  '/api/public/v3/scores': 100,
};

export const pairOf = (row: Row): string => `${String(row['traceId'])}/${String(row['id'])}`;
const startOf = ({ startTime }: Row): string => String(startTime);
const endOf = ({ endTime }: Row): string => String(endTime);
const rowsOf = (file: string): Row[] =>
  (read(ROWS + file) as { body: { data: Row[] } }[]).flatMap(({ body }) => body.data);
export const recordedRows = {
  v2: () => rowsOf('langfuse-v2-observations-pages.json.gz'),
  v1: () => rowsOf('langfuse-v1-observations-pages.json.gz'),
};

/** Newest first. `times`: of spans by their pair, in nanoseconds; the others begin before that, so far apart. */
export function moved(
  rows: readonly Row[],
  times: ReadonlyMap<string, { readonly start: bigint; readonly end: bigint }>,
  before: Date,
  apartMs = 60_000,
): Row[] {
  const iso = (ns: bigint) => new Date(Number(ns / 1_000_000n)).toISOString();
  let others = 0;
  return rows
    .map((row) => {
      const time = times.get(pairOf(row));
      if (time !== undefined) return { ...row, startTime: iso(time.start), endTime: iso(time.end) };
      others += 1;
      const start = before.getTime() - others * apartMs;
      const ms = row['endTime'] === null ? null : Date.parse(endOf(row)) - Date.parse(startOf(row));
      const endTime = ms === null ? null : new Date(start + ms).toISOString();
      return { ...row, startTime: new Date(start).toISOString(), endTime };
    })
    .sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
}

export class FakeLangfuse {
  mode: 'dual' | 'events_only' | 'legacy' = 'dual';
  /** At most so many rows a page, whatever is asked for. */
  rowsAPage = 100;
  scores: FakeScore[] = [];
  readonly requests: FakeRequest[] = [];
  /** What the real one's description does not allow. */
  readonly violations: string[] = [];
  /** Answers instead, where it answers anything. */
  instead: Instead = () => undefined;

  private readonly server = createServer((request, response) => void this.handle(request, response));

  constructor(readonly rows: { v2: Row[]; v1: Row[] }) {}

  async start(): Promise<this> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  get url(): string {
    return `http://${this.host}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Pages of observations that were asked for. */
  pages(): FakeRequest[] {
    return this.requests.filter(
      ({ path, query }) => path.endsWith('/observations') && query['limit'] !== '1',
    );
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    const asked = { path: url.pathname, query: Object.fromEntries(url.searchParams) };
    this.requests.push(asked);
    this.hold(request, asked);
    const basic = Buffer.from(`${KEYS.publicKey}:${KEYS.secretKey}`).toString('base64');
    const reply =
      (await this.instead(asked)) ??
      (request.headers.authorization === `Basic ${basic}` ? this.reply(asked) : WRONG_KEY);
    if (typeof reply === 'function') return reply(response);
    response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
    response.end(JSON.stringify(reply.body));
  }

  private hold({ method, headers }: IncomingMessage, { path, query }: FakeRequest): void {
    const address = path.replace(/^(\/api\/public\/traces\/).+/, '$1{traceId}');
    const known = PARAMETERS[address];
    const say = (what: string) => this.violations.push(`${path}: ${what}`);
    if (method !== 'GET') say(method!);
    if (headers.accept !== 'application/json') say('accept');
    if (known === undefined) return void say('there is no such address');
    for (const [name, value] of Object.entries(query)) {
      const parameter = known[name];
      if (parameter?.in !== 'query') say(`there is no ${name}`);
      else if (parameter.type === 'integer' && !/^[1-9]\d*$/.test(value)) say(`${name}=${value}`);
      else if (/^(from|to)/.test(name) && Number.isNaN(Date.parse(value))) say(`${name}=${value}`);
      else if (name === 'limit' && Number(value) > (LIMITS[path] ?? 0)) say(`limit=${value}`);
    }
  }

  private reply({ path, query }: FakeRequest): Reply {
    const refused =
      this.mode === 'dual' ? undefined : MODES[this.mode].find((one) => one.request.path === path);
    if (refused?.status === 404) return refused;
    if (path === '/api/public/projects') return PROJECTS;
    if (path === '/api/public/v2/observations') return this.byCursor(this.within(this.rows.v2, query), query);
    if (path === '/api/public/observations') return byNumber(this.within(this.rows.v1, query), query);
    if (path === '/api/public/v3/scores')
      return this.mode === 'legacy' ? gone : this.byCursor(this.scoresWithin(query).map(thirdOf), query);
    if (path === '/api/public/v2/scores')
      return this.mode === 'events_only' ? gone : byNumber(this.scoresWithin(query), query);
    if (path.startsWith('/api/public/traces/')) {
      const trace = TRACES.get(path.split('/').at(-1)!);
      return trace === undefined ? gone : { status: 200, body: trace };
    }
    return gone;
  }

  private within(
    rows: readonly Row[],
    { fromStartTime = '', toStartTime = '~' }: FakeRequest['query'],
  ): Row[] {
    return rows.filter((row) => startOf(row) >= fromStartTime && startOf(row) < toStartTime);
  }

  private scoresWithin({ fromTimestamp = '', toTimestamp = '~' }: FakeRequest['query']) {
    return this.scores.filter(({ timestamp }) => timestamp >= fromTimestamp && timestamp < toTimestamp);
  }

  private byCursor(rows: readonly object[], { cursor, limit = '50' }: FakeRequest['query']): Reply {
    const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString());
    if (Number.isNaN(from)) return BAD_CURSOR;
    const to = from + Math.min(Number(limit), this.rowsAPage);
    const meta = to < rows.length ? { cursor: Buffer.from(String(to)).toString('base64') } : {};
    return { status: 200, body: { data: rows.slice(from, to), meta } };
  }
}

const gone: Reply = { status: 404, body: { message: 'not here', error: 'LangfuseNotFoundError' } };
const TRACES = new Map(
  [read(`${HERE}v1-traces-page.json.gz`) as Recorded | Recorded[]]
    .flat()
    .flatMap(({ body }) => (body as { data: Row[] }).data)
    .map((trace) => [String(trace['id']), trace]),
);

function byNumber(rows: readonly object[], { page = '1', limit = '50' }: FakeRequest['query']): Reply {
  const [at, size] = [Number(page), Number(limit)];
  const meta = { page: at, limit: size, totalItems: rows.length, totalPages: Math.ceil(rows.length / size) };
  return { status: 200, body: { data: rows.slice((at - 1) * size, at * size), meta } };
}

/** As v3 says what v2 says. */
function thirdOf({ traceId, observationId, sessionId, value, stringValue, ...score }: FakeScore) {
  const subject =
    observationId !== undefined
      ? { kind: 'observation', id: observationId, traceId }
      : traceId !== undefined
        ? { kind: 'trace', id: traceId }
        : { kind: 'session', id: sessionId };
  const plain = score.dataType === 'BOOLEAN' ? value === 1 : (stringValue ?? value);
  return { ...score, value: plain, subject };
}
