// The quiet tenant's process: a few agents that ask one question after the other, and an operator who stops something now
// and then. Told over IPC what to do and for how long; says what it waited.
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodiesFor } from './questions.mjs';

const AGENTS = 4;
/** Between two stops. */
const STOP_EVERY_MS = 250;

process.once('disconnect', () => process.exit());
process.once('message', (task) => void measure(task));

async function measure({ url, agent, admin, tenant, subjects, targets, seconds }) {
  const end = performance.now() + seconds * 1000;
  const waits = [];
  const stops = [];
  const failures = [];
  const bodies = bodiesFor(subjects);
  const asking = async (_, first) => {
    for (let i = first; performance.now() < end; i += AGENTS) {
      const { ms, status, text } = await post(
        `${url}/access/v1/evaluation`,
        agent,
        bodies[i % bodies.length],
      );
      if (status === 200 && text.includes('"decision":true')) waits.push(ms);
      else failures.push(`${status} ${text.slice(0, 200)}`);
    }
  };
  const stopping = async () => {
    for (const target of targets) {
      if (performance.now() >= end) return;
      const query = `mutation { engageKillSwitch(tenant: "${tenant}", scope: assistant, target: "${target}", mode: stopped, reason: "made by the bench") { id } }`;
      const { ms, status, text } = await post(`${url}/graphql`, admin, JSON.stringify({ query }));
      if (status === 200 && !text.includes('"errors"')) stops.push(ms);
      else failures.push(`stop: ${status} ${text.slice(0, 200)}`);
      await sleep(STOP_EVERY_MS);
    }
  };
  await Promise.all([...Array.from({ length: AGENTS }, asking), stopping()]);
  process.send({ waits, stops, failures });
}

const keepAlive = new Agent({ keepAlive: true });

async function post(url, headers, body) {
  const began = performance.now();
  const request = httpRequest(url, {
    method: 'POST',
    agent: keepAlive,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  const parts = [];
  for await (const part of response) parts.push(part);
  return {
    ms: performance.now() - began,
    status: response.statusCode,
    text: Buffer.concat(parts).toString(),
  };
}
