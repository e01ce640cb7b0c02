// Rows, ratios, a table, and a sentence about what bounded the numbers.
import { median } from './statistics.mjs';

const COLUMNS = ['target', 'processes', 'connections', 'evaluations/s', 'p50 ms', 'p99 ms'];

/** Medians over the rounds, and the CPU that went with them. */
export function row(target, processes, connections, results) {
  const of = (member) => median(results.map((result) => result[member]));
  const cores = Object.fromEntries(
    Object.keys(results[0].cores).map((name) => [name, median(results.map((result) => result.cores[name]))]),
  );
  return {
    json: {
      bench: 'decisions',
      target,
      connections,
      processes,
      evaluationsPerSecond: Math.round(of('perSecond')),
      p50Ms: round(of('p50Ms')),
      p99Ms: round(of('p99Ms')),
    },
    cores,
    othersCores: Math.max(0, of('machineCores') - Object.values(cores).reduce((sum, one) => sum + one, 0)),
  };
}

/** Reeve against each of the others at the same connections, over the same rounds. */
export function ratioRows(rows) {
  const of = (wanted) => rows.map(({ json }) => json).filter(({ target }) => wanted(target));
  return of((target) => target !== 'reeve').flatMap((other) =>
    of((target) => target === 'reeve')
      .filter(({ connections }) => connections === other.connections)
      .map((reeve) => {
        const ratio = (member) => round(reeve[member] / other[member]);
        return {
          bench: 'decisions-ratio',
          target: `reeve/${other.target}`,
          connections: reeve.connections,
          processes: reeve.processes,
          evaluationsPerSecond: ratio('evaluationsPerSecond'),
          p50Ms: ratio('p50Ms'),
          p99Ms: ratio('p99Ms'),
        };
      }),
  );
}

export function summary({ rows, all, proof, disk, cores }) {
  const section = (bench) =>
    table(
      COLUMNS,
      all
        .filter((one) => one.bench === bench)
        .map((one) => [
          one.target,
          one.processes,
          one.connections,
          one.evaluationsPerSecond,
          one.p50Ms,
          one.p99Ms,
        ]),
    );
  return [
    'Durable evaluations over loopback; a quota is on, the audit record is durable before the answer (Cerbos: neither)',
    section('decisions'),
    '',
    'Reeve over Cerbos in the same rounds (evaluations: more is better; latencies: less is better)',
    section('decisions-ratio'),
    '',
    'In process: decide() with its quota, beside one look-up in a Map (latencies: averages of 1,000)',
    section('decisions-in-process'),
    '',
    'What bounded it (CPU cores used, and CPU time an evaluation)',
    table(
      ['target', 'processes', 'connections', 'bounded by', 'cores used'],
      rows.map(({ json, cores: used, othersCores }) => [
        json.target,
        json.processes,
        json.connections,
        boundedBy(json, used, othersCores, cores),
        coresUsed(json, used),
      ]),
    ),
    '',
    `fdatasync of 8 kB: p50 ${disk.p50Ms.toFixed(3)} ms, p99 ${disk.p99Ms.toFixed(3)} ms; ${cores} cores, shared by load generator, API and database`,
    `ledger: ${proof.records} records, ${proof.evaluations} of them evaluations: chain, hashes and signatures verified to the head`,
  ].join('\n');
}

/** A guess from what was busy. A closed loop with one connection waits for its own answers and fills nothing. */
function boundedBy({ connections, processes, target }, used, others, cores) {
  const total = Object.values(used).reduce((sum, one) => sum + one, 0);
  if (total === 0) return 'unknown here';
  if (others > 0.3) return `others: the machine spent ${others.toFixed(1)} cores on something else`;
  if (total > 0.85 * cores) return `CPU: all ${cores} cores are busy`;
  if (target === 'reeve' && used['Reeve API'] > 0.9 * processes) return 'the event loop of the API';
  if (used['load generator'] > 0.9) return 'the load generator';
  return connections === 1 ? 'the round trip of one caller' : 'waiting: commits (fdatasync) and round trips';
}

function coresUsed({ evaluationsPerSecond }, used) {
  return Object.entries(used)
    .map(([name, one]) => `${name} ${one.toFixed(2)} (${Math.round((one * 1e6) / evaluationsPerSecond)} us)`)
    .join(', ');
}

/** Two digits that mean something, and no more. */
function round(value) {
  return Number(value.toPrecision(value < 0.01 ? 2 : 3));
}

/** Numbers to the right, words to the left. */
export function table(head, rows) {
  const cell = (value) =>
    typeof value === 'number' ? value.toLocaleString('en-US', { maximumSignificantDigits: 6 }) : value;
  const text = rows.map((one) => one.map(cell));
  const widths = head.map((title, i) => Math.max(title.length, ...text.map((one) => one[i].length)));
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((one) => typeof one[i] === 'number'));
  const line = (cells) =>
    cells
      .map((one, i) => (numeric[i] ? one.padStart(widths[i]) : one.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...text.map(line)].join('\n');
}
