/**
 * Langfuse's public API, as far as Reeve reads it, in its two generations. v2 pages by cursor, v1 by number; a page of
 * either comes in one shape. Whether what the server answers can be is looked at here, whether its pages lead anywhere
 * in `page-check.ts`.
 */
import { isStorable } from '@reeve/policy';
import { isObject } from './json.js';
import type { LangfuseAddress } from './langfuse-address.js';
import { LangfuseError } from './langfuse-error.js';
import { BOUNDS, getJson, type Answer, type Bounds, type LangfuseKeys } from './langfuse-http.js';

export const GENERATIONS = ['v1', 'v2'] as const;
export type Generation = (typeof GENERATIONS)[number];
export const isGeneration = (text: string | null): text is Generation =>
  GENERATIONS.some((generation) => generation === text);

export interface Window {
  readonly from: Date;
  /** Not within it. */
  readonly to: Date;
}

export type Row = Readonly<Record<string, unknown>>;

export interface Page {
  readonly rows: readonly Row[];
  /** Of the next one; null: this was the last. */
  readonly next: string | null;
  /** What the server says there are in all; null: it does not say. */
  readonly total: number | null;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

const API = '/api/public';
/** Everything but what was said: prompts and answers stay where they are. */
const FIELDS = 'core,basic,time,metadata,model,usage,metrics,trace_context';
/** At most 1,000 in v2 and 100 in v1. */
const ROWS_A_PAGE = { v1: 100, v2: 200 } as const;
const SCORES_A_PAGE = 100;
const VISIBLE = /^[\x21-\x7e]+$/;

export class LangfuseApi {
  constructor(
    private readonly address: LangfuseAddress,
    private readonly keys: LangfuseKeys,
    private readonly bounds: Bounds = BOUNDS,
  ) {}

  /** v2 where the server speaks both. Throws `unauthenticated` for a key that is none. */
  async generation(): Promise<Generation> {
    for (const [generation, path] of [
      ['v2', '/v2/observations'],
      ['v1', '/observations'],
    ] as const) {
      const answer = await this.ask(path, { limit: 1 });
      if (answer.status === 404) continue;
      pageOf(dataOf(answer));
      return generation;
    }
    throw new LangfuseError('not_langfuse', 'the server has neither generation of the API');
  }

  /** The one behind the key; null: the server does not say. */
  async project(): Promise<Project | null> {
    const answer = await this.ask('/projects');
    if (answer.status === 404) return null;
    const { data } = dataOf(answer);
    const [project] = Array.isArray(data) ? (data as unknown[]) : [];
    if (!isObject(project)) return null;
    const { id, name } = project;
    if (typeof id !== 'string' || !VISIBLE.test(id) || id.length > 200) return null;
    return { id, name: typeof name === 'string' && isStorable(name) ? name.slice(0, 200) : id };
  }

  /** Newest first. `at`: `next` of the page before. */
  async observations(generation: Generation, { from, to }: Window, at: string | null): Promise<Page> {
    const within = { fromStartTime: from.toISOString(), toStartTime: to.toISOString() };
    const limit = ROWS_A_PAGE[generation];
    if (generation === 'v1') return this.numbered('/observations', { ...within, limit }, at);
    const query = { ...within, limit, fields: FIELDS, ...(at === null ? {} : { cursor: at }) };
    return pageOf(dataOf(await this.ask('/v2/observations', query)));
  }

  /** What v1 says of a trace only there; null: it is gone. */
  async trace(id: string): Promise<Row | null> {
    const answer = await this.ask(`/traces/${encodeURIComponent(id)}`, { fields: 'core,io' });
    return answer.status === 404 ? null : dataOf(answer);
  }

  /** v3 of it came with v2 of everything else. A server with neither has no scores. */
  async scores(generation: Generation, { from, to }: Window, at: string | null): Promise<Page> {
    const within = {
      fromTimestamp: from.toISOString(),
      toTimestamp: to.toISOString(),
      limit: SCORES_A_PAGE,
    };
    try {
      if (generation === 'v1') return await this.numbered('/v2/scores', { ...within, fields: 'score' }, at);
      const cursor = at === null ? {} : { cursor: at };
      return pageOf(
        dataOf(await this.ask('/v3/scores', { ...within, fields: 'details,subject', ...cursor })),
      );
    } catch (error) {
      if (error instanceof LangfuseError && error.trouble === 'not_found')
        return { rows: [], next: null, total: null };
      throw error;
    }
  }

  private async numbered(
    path: string,
    query: Readonly<Record<string, string | number>>,
    at: string | null,
  ): Promise<Page> {
    const page = at === null ? 1 : Number(at);
    const answer = dataOf(await this.ask(path, { ...query, page }));
    const { rows } = pageOf(answer);
    const meta = isObject(answer['meta']) ? answer['meta'] : {};
    const [pages, total] = [meta['totalPages'], meta['totalItems']];
    if (!Number.isSafeInteger(pages)) throw notLangfuse('meta.totalPages is no number');
    const isLast = rows.length === 0 || page >= (pages as number);
    return {
      rows,
      next: isLast ? null : String(page + 1),
      total: Number.isSafeInteger(total) ? (total as number) : null,
    };
  }

  /** Whatever it answers, but what says that nothing more is to be asked. */
  private async ask(path: string, query: Readonly<Record<string, string | number>> = {}): Promise<Answer> {
    const answer = await getJson(this.address, this.keys, API + path, query, this.bounds);
    const { status, retryAfterSeconds } = answer;
    if (status === 401 || status === 403)
      throw new LangfuseError('unauthenticated', `the server does not take the key (${status})`);
    if (status === 429)
      throw new LangfuseError('rate_limited', 'the server asks to wait (429)', retryAfterSeconds);
    if (status >= 500)
      throw new LangfuseError('server_error', `the server answers ${status}`, retryAfterSeconds);
    if (status >= 300 && status < 400)
      throw new LangfuseError('redirected', `the server leads elsewhere (${status}), which is not followed`);
    return answer;
  }
}

function dataOf({ status, json }: Answer): Row {
  if (status === 404) throw new LangfuseError('not_found', 'the server has no such part of the API (404)');
  if (status !== 200) throw new LangfuseError('bad_request', `the server refuses the question (${status})`);
  if (json === undefined) throw new LangfuseError('not_json', 'the server answers something that is no JSON');
  if (!isObject(json)) throw notLangfuse('the answer is no object');
  return json;
}

function pageOf(answer: Row): Page {
  const { data, meta } = answer;
  if (!Array.isArray(data)) throw notLangfuse('data is no list');
  const rows = (data as unknown[]).filter(isObject);
  if (rows.length < data.length) throw notLangfuse('data holds what is no object');
  const cursor = isObject(meta) ? meta['cursor'] : undefined;
  const isNone = cursor === undefined || cursor === null || cursor === '';
  if (!isNone && (typeof cursor !== 'string' || !VISIBLE.test(cursor) || cursor.length > 2_000))
    throw notLangfuse('meta.cursor is no cursor');
  return { rows, next: isNone ? null : cursor, total: null };
}

const notLangfuse = (what: string) =>
  new LangfuseError('not_langfuse', `the server answers what Langfuse would not: ${what}`);
