#!/usr/bin/env node
/**
 * Makes runs.jsonl.gz from a folder that holds calls, runs and policy_labels (`.jsonl.gz`, see SOURCE.md):
 *
 *   node prisma/seed/tau/convert.mjs FOLDER [OUT]
 *
 * One line a conversation, with what an agent would have asked and what came of it. Results are reduced to their
 * digest, calls of the customer's own phone are dropped (no agent made them), and so are the conversations' texts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const [folder, out = new URL('runs.jsonl.gz', import.meta.url).pathname] = process.argv.slice(2);
if (!folder) throw new Error('usage: convert.mjs FOLDER [OUT]');

const lines = (name) =>
  gunzipSync(readFileSync(join(folder, `${name}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const labels = new Map(lines('policy_labels').map((label) => [`${label.run_id} ${label.call}`, label]));
const runs = new Map();
for (const run of lines('runs')) {
  runs.set(run.run_id, {
    run: run.run_id,
    domain: run.domain,
    model: run.model,
    reward: run.reward,
    customer: run.task_user_id ?? null,
    membership: null,
    calls: [],
  });
}

const MEMBERSHIP = /"membership": ?"(\w+)"/;

for (const call of lines('calls')) {
  if (call.requestor !== 'assistant') continue;
  const run = runs.get(call.run_id);
  if (call.tool === 'get_user_details') run.membership ??= MEMBERSHIP.exec(call.result ?? '')?.[1] ?? null;
  const label = labels.get(`${call.run_id} ${call.call}`);
  run.calls.push({
    n: call.call,
    step: call.step,
    tool: call.tool,
    kind: call.tool_type,
    args: call.args,
    known: call.user_id,
    failed: call.result_error,
    digest: call.result_sha256,
    ...(call.ts ? { at: call.ts } : {}),
    ...(label ? { fails: label.fails } : {}),
  });
}

const kept = [...runs.values()].filter((run) => run.calls.length > 0);
writeFileSync(out, gzipSync(kept.map((run) => JSON.stringify(run) + '\n').join(''), { level: 9 }));
console.log(`${kept.length} runs, ${kept.reduce((sum, run) => sum + run.calls.length, 0)} calls -> ${out}`);
