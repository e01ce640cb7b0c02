/** A PostgreSQL that a test may stop, starve and cut off, because nobody else's is on it. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { migrate } from '@reeve/db';
import pg from 'pg';
import { throwAwayCluster } from '../../../../scripts/testing/throw-away.mjs';
import type { TestDatabase } from './database.js';

export interface OwnCluster {
  readonly database: TestDatabase;
  /** To every process of the server. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** As the server's owner. */
  sql(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** `parent`: where its data directory is made. */
export async function ownCluster(parent?: string): Promise<OwnCluster> {
  const cluster = await throwAwayCluster(parent === undefined ? {} : { parent });
  await migrate(cluster.url);
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of [cluster.pid, ...childrenOf(cluster.pid)]) send(pid, name);
  };
  return {
    database: { url: cluster.url, drop: () => Promise.resolve() },
    signal,
    async sql(text) {
      const client = new pg.Client(cluster.url);
      await client.connect();
      await client.query(text);
      await client.end();
    },
    async remove() {
      signal('SIGCONT');
      await cluster.remove();
    },
  };
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);

/** One that has just ended needs none. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function parentOf(pid: number): number | undefined {
  try {
    // The name before it may hold anything, brackets included.
    return Number(/.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

/** A way to the database that can lead nowhere: what is sent on it vanishes, and no end is told. */
export interface Road {
  readonly url: string;
  block(): void;
  open(): void;
  close(): Promise<void>;
}

export async function roadTo(databaseUrl: string): Promise<Road> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let blocked = false;
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => undefined).on('close', () => sockets.delete(near));
    // What came in while it led nowhere stays lost when it leads on.
    if (blocked) return void near.pause();
    const far = connect(Number(target.port), target.hostname);
    sockets.add(far);
    far.on('error', () => undefined).on('close', () => sockets.delete(far));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  url.search = '';
  return {
    url: url.href,
    block() {
      blocked = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    open() {
      blocked = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
