// The load of the telemetry bench, in a process of its own: several exporters, each with one request under way.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'node:http';
import { requestOf, SPANS_A_TRACE } from './spans.mjs';

process.once('message', (task) => void load(task));

async function load({ url, authorization, exporters, traces, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: exporters });
  const until = performance.now() + seconds * 1_000;
  const waits = [];
  const told = { answered: 0, retried: 0, failed: 0 };
  let seed = 0;

  const post = (body) =>
    new Promise((settle, fail) => {
      const sent = request(
        `${url}/v1/traces`,
        {
          agent,
          method: 'POST',
          headers: { authorization, 'content-type': 'application/x-protobuf', 'content-length': body.length },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () =>
            settle({ status: answer.statusCode, wait: answer.headers['retry-after'] }),
          );
        },
      );
      sent.once('error', fail);
      sent.end(body);
    });

  async function exporter() {
    while (performance.now() < until) {
      const body = requestOf(traces, Date.now() - 5_000, (seed += traces));
      for (;;) {
        const from = performance.now();
        const { status, wait } = await post(body);
        if (status === 503) {
          told.retried += 1;
          await sleep(Number(wait) * 1_000);
          continue;
        }
        if (status === 200) told.answered += traces * SPANS_A_TRACE;
        else told.failed += 1;
        waits.push(performance.now() - from);
        break;
      }
    }
  }

  const from = performance.now();
  await Promise.all(Array.from({ length: exporters }, exporter));
  agent.destroy();
  process.send({ ...told, waits, seconds: (performance.now() - from) / 1_000 });
  process.disconnect();
}
