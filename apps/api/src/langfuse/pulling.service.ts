/**
 * Pulls what Langfuse has: windows one after another, and backfills. Any number of processes may do it at once. A page is
 * taken first and noted after, so that a kill in between costs a page read twice, which counts once.
 */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { Vault } from '../ledger/vault.js';
import { Scores } from '../scores/scores.service.js';
import { isGeneration, LangfuseApi, type Generation } from './langfuse-api.js';
import { readAddress } from './langfuse-address.js';
import { LangfuseError, mayPass } from './langfuse-error.js';
import { checked, PAGES_MAX } from './page-check.js';
import { AGAIN_MS, nextWindow, PULL_EVERY_MS, waitMs } from './plan.js';
import { PullsRepository, type Leased, type Step } from './pulls.repository.js';
import { scoreOf } from './score-of.js';
import { secretContext } from './secret-context.js';
import { SpanIntake } from './span-intake.service.js';

/** Pages of one pull, and the time that they may take, before it is another's turn. */
const PAGES_A_TURN = 10;
const TURN_MS = 20_000;
/** Pulls at once, of different tenants: a slow server keeps nobody else's waiting. */
const AT_ONCE = 4;
/** Failures without a page between them after which a pull is given up. */
const FAILURES_MAX = 8;
/** Of a round, each of the pulls at once; what is left waits for the next one. */
const TURNS_MAX = 50;

@Injectable()
export class Pulling {
  private readonly log = new Logger('Langfuse');
  /** Tenants whose pulls this process is at. */
  private readonly underWay = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly pulls: PullsRepository,
    private readonly vault: Vault,
    private readonly intake: SpanIntake,
    private readonly scores: Scores,
  ) {}

  /** Opens the windows that are due and works, in turns, on whatever can be worked on. */
  async round(clock: () => Date = () => new Date()): Promise<void> {
    for (const connection of await this.pulls.due(clock())) {
      const now = clock();
      await this.pulls.open(connection, nextWindow(connection.watermark, connection.createdAt, now), now);
    }
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.turns(clock)));
  }

  private async turns(clock: () => Date): Promise<void> {
    for (let turns = 0; turns < TURNS_MAX; turns += 1) {
      const next = (await this.pulls.waiting(clock())).find(({ tenantId }) => !this.underWay.has(tenantId));
      if (next === undefined) return;
      this.underWay.add(next.tenantId);
      try {
        const leased = await this.pulls.lease(next.tenantId, next.id, clock());
        if (leased !== null) await this.turn(leased, clock);
      } finally {
        this.underWay.delete(next.tenantId);
      }
    }
  }

  private async turn(leased: Leased, clock: () => Date): Promise<void> {
    let at = leased;
    const until = clock().getTime() + TURN_MS;
    try {
      const api = this.apiOf(at);
      at = await this.known(api, at);
      for (let pages = 0; pages < PAGES_A_TURN && clock().getTime() <= until; pages += 1) {
        const step = at.pull.part === 'scores' ? await this.scorePage(api, at) : await this.spanPage(api, at);
        const next = await this.pulls.step(at, step, clock());
        if (next === null) break;
        at = next;
        if (step.part === 'done') {
          const now = clock();
          const nextPullAt = new Date(now.getTime() + PULL_EVERY_MS);
          return await this.pulls.finish(at, { error: null, now, nextPullAt });
        }
      }
      await this.pulls.release(at);
    } catch (error) {
      await this.failed(at, error, clock());
    }
  }

  private apiOf({ connection }: Leased): LangfuseApi {
    const { baseUrl, publicKey, secretKey } = connection;
    const secret = this.opened(secretKey, secretContext(connection));
    const address = readAddress(baseUrl, this.config.langfuseHosts);
    return new LangfuseApi(address, { publicKey, secretKey: secret });
  }

  private opened(sealed: Uint8Array, context: string): string {
    try {
      return this.vault.open(sealed, context).toString();
    } catch (cause) {
      const why = 'the kept key cannot be opened: enter it again';
      throw new LangfuseError('unauthenticated', why, null, { cause });
    }
  }

  /** With what the server is, found out once. */
  private async known(api: LangfuseApi, leased: Leased): Promise<Leased> {
    const { connection } = leased;
    if (connection.generation !== null) return leased;
    const generation = await api.generation();
    const project = await api.project();
    const found = { generation, projectId: project?.id ?? null, projectName: project?.name ?? null };
    await this.pulls.found(connection, found);
    return { ...leased, connection: { ...connection, ...found } };
  }

  private async spanPage(api: LangfuseApi, { pull, connection }: Leased): Promise<Step> {
    const generation = generationOf(connection.generation);
    const page = await api.observations(generation, pull, pull.cursor);
    const { rows, outside, reached } = checked(page.rows, pull, pull.reached, timeOf('startTime'));
    requireAnEnd(pull.pages);
    const seen = Number(pull.rows) + page.rows.length;
    if (page.next === null && page.total !== null && seen < page.total)
      throw new LangfuseError('rows_missing', `the server says ${page.total} rows and gives ${seen}`);
    const traces = generation === 'v1' ? await this.intake.traces(api, pull, rows) : undefined;
    const rejected = await this.intake.take(pull.tenantId, rows, outside, traces);
    const counts = { rows: page.rows.length, rejected, scores: 0 };
    return page.next === null
      ? { ...counts, part: 'scores', cursor: null, reached: null }
      : { ...counts, part: 'observations', cursor: page.next, reached };
  }

  private async scorePage(api: LangfuseApi, { pull, connection }: Leased): Promise<Step> {
    const { generation, projectId, publicKey } = connection;
    const page = await api.scores(generationOf(generation), pull, pull.cursor);
    requireAnEnd(pull.pages);
    if (page.next !== null && page.next === pull.cursor)
      throw new LangfuseError('goes_round', 'the server’s pages of scores come again');
    const scores = page.rows
      .map((row) => scoreOf(row, projectId ?? publicKey))
      .filter((score) => score !== null);
    await this.scores.put(pull.tenantId, scores);
    const rejected = page.rows.length - scores.length;
    const part = page.next === null ? 'done' : 'scores';
    return { rows: 0, rejected, scores: scores.length, part, cursor: page.next, reached: null };
  }

  /** Never throws what is one connection's own: the others go on. */
  private async failed(leased: Leased, thrown: unknown, now: Date): Promise<void> {
    const error = thrown instanceof LangfuseError ? thrown : ourOwn(thrown);
    if (error.cause !== undefined && !(thrown instanceof LangfuseError))
      this.log.error(thrown instanceof Error ? thrown.message : String(thrown));
    const { attempts, kind } = leased.pull;
    const { trouble, message, retryAfterSeconds } = error;
    if (trouble === 'unauthenticated') return this.pulls.stop(leased, message);
    const isTold = trouble === 'rate_limited';
    const anew = trouble === 'not_found' || (trouble === 'bad_request' && leased.pull.cursor !== null);
    const isLost = (!mayPass(error) && !anew) || (attempts >= FAILURES_MAX && !isTold && kind === 'backfill');
    if (isLost || (anew && attempts >= FAILURES_MAX)) {
      const nextPullAt = new Date(now.getTime() + AGAIN_MS);
      return this.pulls.finish(leased, { error: message, now, nextPullAt });
    }
    const wait = retryAfterSeconds === null ? waitMs(attempts) : retryAfterSeconds * 1_000;
    const resumeAt = new Date(now.getTime() + wait);
    return this.pulls.putOff(leased, { resumeAt, error: message, isTold, anew });
  }
}

function generationOf(text: string | null): Generation {
  if (isGeneration(text)) return text;
  throw new LangfuseError('not_found', 'the server’s generation is not known');
}

const timeOf =
  (field: string) =>
  (row: Readonly<Record<string, unknown>>): number => {
    const said = row[field];
    return typeof said === 'string' ? Date.parse(said) : NaN;
  };

function requireAnEnd(pages: number): void {
  if (pages >= PAGES_MAX) throw new LangfuseError('goes_round', 'the server’s pages have no end');
}

/** Something of Reeve's, not of the server: it passes, and its words are nobody's who reads of connections. */
const ourOwn = (cause: unknown) =>
  new LangfuseError('server_error', 'Reeve could not keep what it read; it tries again', null, { cause });
