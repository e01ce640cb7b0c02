// What one noisy tenant does, each in a process of its own (noise.mjs) until it is told to stop. An attack says what it was
// answered: how often with success, and how often with each refusal.
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { WebSocket } from 'ws';
import { bodiesFor, questionsFor } from './questions.mjs';

/**
 * @typedef {object} Noise
 * @property {string} url
 * @property {string} databaseUrl
 * @property {string} tenant
 * @property {{ authorization: string }} agent
 * @property {{ authorization: string }} admin of somebody who may publish
 * @property {{ type: string, id: string }[]} subjects
 * @property {number} revision its current policy; the one before is as large
 */

const BATCH = 256;
const KILOBYTE = 1_000;

/** @type {Record<string, (noise: Noise, heard: (answer: string) => void, stopped: AbortSignal) => Promise<unknown>>} */
export const ATTACKS = {
  '32 connections of batches of 256': ({ url, agent, subjects }, heard, stopped) => {
    const all = questionsFor(subjects);
    const evaluations = Array.from({ length: BATCH }, (_, i) => all[i % all.length]);
    const body = JSON.stringify({ evaluations });
    return abreast(32, stopped, () => post(`${url}/access/v1/evaluations`, agent, body, heard));
  },

  '40 rollbacks': ({ url, admin, tenant, revision }, heard, stopped) => {
    let current = revision;
    return abreast(40, stopped, async () => {
      const answer = await graphql(
        url,
        admin,
        `mutation { rollbackPolicy(tenant: "${tenant}", toRevision: ${current - 1}, expectedRevision: ${current}, reason: "made by the bench") { revision } }`,
        heard,
      );
      current =
        answer.data?.rollbackPolicy?.revision ??
        answer.errors?.[0]?.extensions?.details?.currentRevision ??
        current;
    });
  },

  'a locked head': async ({ url, databaseUrl, agent, tenant, subjects }, heard, stopped) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(
        'SELECT FROM ledger_head WHERE tenant_id = (SELECT id FROM tenant WHERE slug = $1) FOR UPDATE',
        [tenant],
      );
      const bodies = bodiesFor(subjects);
      let next = 0;
      await abreast(32, stopped, () =>
        post(`${url}/access/v1/evaluation`, agent, bodies[next++ % bodies.length], heard),
      );
    } finally {
      await client.end();
    }
  },

  '160 bodies of 900 kB': ({ url, agent, subjects }, heard, stopped) => {
    const [question] = questionsFor(subjects);
    question.resource.properties.arguments.note = 'x'.repeat(900 * KILOBYTE);
    const body = JSON.stringify(question);
    return abreast(160, stopped, () => post(`${url}/access/v1/evaluation`, agent, body, heard));
  },

  '40 aliased documents': ({ url, admin, tenant }, heard, stopped) => {
    const query = (count) =>
      `{ ${Array.from({ length: count }, (_, i) => `d${i}: policy(tenant: "${tenant}") { document }`).join(' ')} }`;
    let turn = 0;
    // Also as many as one query may ask for.
    return abreast(10, stopped, () => graphql(url, admin, query(turn++ % 2 === 0 ? 40 : 2), heard));
  },

  '20,000 subscriptions': ({ url, admin, tenant }, heard, stopped) =>
    abreast(8, stopped, async () => {
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: admin,
      });
      const closed = once(socket, 'close');
      socket.on('error', () => undefined);
      socket.on('open', () => {
        socket.send('{"type":"connection_init"}');
        for (let i = 0; i < 5_000; i += 1)
          socket.send(
            JSON.stringify({
              type: 'subscribe',
              id: String(i),
              payload: { query: `subscription { ledgerAdvanced(tenant: "${tenant}") { seq } }` },
            }),
          );
      });
      const end = () => socket.terminate();
      stopped.addEventListener('abort', end);
      const [code] = await closed;
      stopped.removeEventListener('abort', end);
      heard(String(code));
    }),
};

/** So many at once, each again as soon as it was answered. */
async function abreast(count, stopped, once) {
  const again = async () => {
    while (!stopped.aborted) await once().catch(() => sleep(50));
  };
  await Promise.all(Array.from({ length: count }, again));
}

const keepAlive = new Agent({ keepAlive: true, maxSockets: Infinity });

async function post(url, headers, body, heard) {
  const request = httpRequest(url, {
    method: 'POST',
    agent: keepAlive,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  const parts = [];
  for await (const part of response) parts.push(part);
  heard(String(response.statusCode));
  // As a client does that was told to wait, but not for as long.
  if (response.statusCode >= 400) await sleep(20);
  return Buffer.concat(parts);
}

async function graphql(url, headers, query, heard) {
  const text = await post(`${url}/graphql`, headers, JSON.stringify({ query }), () => undefined);
  const answer = JSON.parse(text.toString());
  heard(answer.errors?.[0]?.extensions?.code ?? 'ok');
  return answer;
}
