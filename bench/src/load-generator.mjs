// The load generator's process: autocannon, closed loop, one instance for each address. Told what to do over IPC;
// `headers` may be those of several tenants, of which each connection takes one.
// A process that has just started is slow itself: what it asks in its first second is checked, but not counted.
import autocannon from 'autocannon';
import { percentile } from './statistics.mjs';

const RIGHT = '"decision":true';
const RAMP_SECONDS = 1;

process.once('message', (task) => void answer(task));

async function answer({ urls, headers, connections, seconds, bodies }) {
  const seen = { latencies: [], wrong: 0, errors: 0, example: undefined };
  const requests = [headers].flat().map((of) =>
    bodies.map((body) => ({
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...of },
    })),
  );
  let cpu;
  let began;
  setTimeout(() => {
    seen.latencies = [];
    cpu = process.cpuUsage();
    began = performance.now();
    process.send('counting');
  }, RAMP_SECONDS * 1000);
  if (connections < urls.length)
    // Fewer connections than addresses: one after the other.
    for (const [i, url] of urls.entries())
      await fire(
        { url, requests, first: i, connections, seconds: (seconds + RAMP_SECONDS) / urls.length },
        seen,
      );
  else {
    const share = Math.floor(connections / urls.length);
    await Promise.all(
      urls.map((url, i) =>
        fire({ url, requests, first: i * share, connections: share, seconds: seconds + RAMP_SECONDS }, seen),
      ),
    );
  }
  const elapsed = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { latencies, wrong, errors, example } = seen;
  latencies.sort((a, b) => a - b);
  process.send({
    count: latencies.length,
    seconds: elapsed,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    wrong,
    errors,
    example,
    cpuSeconds: (user + system) / 1e6,
  });
  process.disconnect();
}

function fire({ url, requests, first, connections, seconds }, seen) {
  let next = first;
  return new Promise((settle, fail) => {
    const run = autocannon(
      {
        url,
        connections,
        duration: seconds,
        // Each connection begins elsewhere, so that they don't all speak for one customer, and has one tenant's key.
        setupClient(client) {
          const own = requests[next % requests.length];
          const from = (next++ * 37) % own.length;
          client.setRequests([...own.slice(from), ...own.slice(0, from)]);
          client.on('body', (body) => {
            if (body.includes(RIGHT)) return;
            seen.wrong++;
            seen.example ??= String(body).slice(0, 300);
          });
        },
      },
      (error, result) => {
        if (error) return fail(error);
        seen.errors += result.errors + result.timeouts + result.non2xx;
        settle();
      },
    );
    run.on('response', (client, status, bytes, ms) => {
      seen.latencies.push(ms);
      if (status !== 200) seen.example ??= `status ${status}`;
    });
    run.on('reqError', (error) => (seen.example ??= error.message));
  });
}
