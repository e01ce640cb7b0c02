// Promises: what `dist/` is to whoever installs it, on whichever runtime runs this. Plain JavaScript, nothing beside it.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reeve } from '@reeve/sdk';
import { fileJournal } from '@reeve/sdk/node';

const ID = '018f3c1e-7b2a-7c3d-8e4f-0123456789ab';
const CALL = { subject: { type: 'user', id: 'mia' }, tool: 'search', toolClass: 'read' };
const asked = [];
let answer = () => undefined;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    asked.push(request.url);
    answer(request, response);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const reply = (status, body) => (_, response) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
const reeve = (more = {}) => new Reeve({ url, key: 'k', timeoutMs: 300, warn: () => undefined, ...more });

const noes = [
  [reply(200, '{"decision":false,"context":{"reason":"no_permission"}}'), 'no_permission'],
  [reply(200, '{"decision":"true"}'), 'unreadable_answer'],
  [reply(200, '[{"decision":true}]'), 'unreadable_answer'],
  [reply(200, 'null'), 'unreadable_answer'],
  [reply(200, '<html>'), 'unreadable_answer'],
  [reply(302, ''), 'unreadable_answer'],
  [reply(401, ''), 'unauthenticated'],
  [reply(429, ''), 'rate_limited'],
  [reply(503, ''), 'unavailable'],
  [(request) => request.socket.destroy(), 'unreachable'],
  [() => undefined, 'timed_out'],
];
for (const [behaviour, reason] of noes) {
  answer = behaviour;
  const said = await reeve().ask(CALL);
  assert.deepEqual([said.decision, said.reason], [false, reason]);
}
assert.equal((await reeve({ url: 'http://127.0.0.1:1' }).ask(CALL)).reason, 'unreachable');
assert.equal((await reeve({ key: undefined }).ask(CALL)).reason, 'misconfigured');
assert.equal(
  (await reeve({ failMode: { read: 'open' }, url: 'http://127.0.0.1:1' }).ask(CALL)).decision,
  true,
);

answer = reply(200, `{"decision":true,"context":{"evaluation_id":"${ID}"}}`);
assert.deepEqual(await reeve().ask(CALL), {
  decision: true,
  source: 'reeve',
  evaluationId: ID,
  context: { evaluation_id: ID },
});
await assert.rejects(
  reeve().guard('search', () => {
    throw new RangeError('mine');
  })({}, CALL),
  RangeError,
);

const home = mkdtempSync(join(tmpdir(), 'reeve-conformance-'));
answer = reply(503, '');
const { kept } = await reeve({ journal: fileJournal(home) }).report({ evaluation_id: ID, status: 'failed' });
assert.equal(kept, true);
answer = reply(201, '{"outcome_id":"o"}');
assert.equal(await reeve({ journal: fileJournal(home) }).flush(), 1);
assert.deepEqual(readdirSync(home), []);
rmSync(home, { recursive: true });

// CommonJS takes an ES module by `require` from Node 20.19 on.
assert.equal(createRequire(import.meta.url)('@reeve/sdk').Reeve, Reeve);

const dist = join(import.meta.dirname, '..', 'dist');
const packed = JSON.parse(readFileSync(join(dist, '..', 'package.json'), 'utf8'));
assert.equal(packed.dependencies, undefined);
for (const name of readdirSync(dist)) {
  const outside = [...readFileSync(join(dist, name), 'utf8').matchAll(/from '([^.'][^']*)'/g)].map(
    ([, from]) => from,
  );
  const allowed = name.startsWith('node.') ? /^node:/ : /^$/;
  assert.deepEqual(
    outside.filter((from) => !allowed.test(from)),
    [],
    name,
  );
}
server.close();
server.closeAllConnections();
process.stdout.write(`conforms on Node ${process.versions.node}\n`);
