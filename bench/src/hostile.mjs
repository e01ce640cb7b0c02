// Promises: every bomb of bombs.mjs, at three sizes that double, ends in a denial or in a refusal that says why, and the
// figure beside it is how long the process answered nobody. A bomb that is allowed, or a 5xx, fails the run.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOMBS } from './bombs.mjs';
import { detonate } from './detonate.mjs';
import { ASSISTANT } from './questions.mjs';
import { reeve } from './reeve.mjs';
import { table } from './report.mjs';

/** What a process may be held. */
const BAR_MS = 50;

export async function hostile({ signal, print }) {
  const home = mkdtempSync(join(tmpdir(), 'reeve-bench-'));
  chmodSync(home, 0o755); // started by root, PostgreSQL runs as somebody else; what is secret in here is 0600
  let stack;
  try {
    stack = await reeve({ home, processes: 1 });
    const target = {
      url: new URL(stack.urls[0]).origin,
      tenant: stack.tenant,
      admin: stack.admin,
      agent: stack.headers,
      subject: stack.subjects[0],
      role: 'customer',
      assistant: ASSISTANT,
    };
    const quiet = { name: 'none: an honest tool', size: 1, args: () => ({}) };
    const rows = [];
    for (const bomb of [quiet, quiet, ...BOMBS])
      for (const size of [bomb.size / 4, bomb.size / 2, bomb.size].map(Math.ceil)) {
        signal.throwIfAborted();
        rows.push(await detonate(target, bomb, size));
      }
    const worst = worstOf(rows);
    print('');
    print(summary(worst));
    const failed = rows.filter(
      ({ bomb, code }) => bomb !== quiet.name && (code === 'allow' || /5\d\d|INTERNAL/.test(code)),
    );
    if (failed.length > 0) throw new Error(`not refused: ${JSON.stringify(failed.slice(0, 5))}`);
    return rows.map(({ bomb, size, at, code, said, ms, heldMs }) => ({
      bench: 'hostile',
      bomb,
      size,
      at,
      answer: code,
      said: said.slice(0, 200),
      ms: rounded(ms),
      heldMs: rounded(heldMs),
    }));
  } finally {
    await stack?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Of each bomb the size that held the longest. */
function worstOf(rows) {
  const worst = new Map();
  for (const row of rows) if (!(worst.get(row.bomb)?.heldMs > row.heldMs)) worst.set(row.bomb, row);
  return [...worst.values()];
}

function summary(worst) {
  const over = worst.filter(({ heldMs }) => heldMs > BAR_MS);
  return [
    'Held: the longest that an answer which costs nothing was waited for meanwhile, worst of three sizes',
    table(
      ['bomb', 'size', 'at', 'answer', 'ms', 'held ms', 'why'],
      worst.map(({ bomb, size, at, code, said, ms, heldMs }) => [
        bomb,
        size,
        at,
        code,
        rounded(ms),
        rounded(heldMs),
        said.slice(0, 70),
      ]),
    ),
    '',
    over.length === 0
      ? `no bomb held the process for more than ${BAR_MS} ms`
      : `${over.length} of ${worst.length} held it for more than ${BAR_MS} ms`,
  ].join('\n');
}

const rounded = (ms) => Math.round(ms * 10) / 10;
