/** The report as a page of text. */
import type { ReplayReport } from './tally.js';

/** Mistakes that are named one by one; the JSON report names all. */
const NAMED = 10;

export function summary(report: ReplayReport): string {
  const { runs, calls, allowed, asked, denied, outcomes, seconds, rightWrites, wronglyDenied } = report;
  return [
    `${runs} runs, ${calls} calls in ${seconds.toFixed(1)} s (${Math.round(calls / Math.max(seconds, 0.001))} a second), ${outcomes} outcomes reported`,
    '',
    table(
      ['', 'calls'],
      [
        ['allowed', allowed],
        ['asked (a person decides)', asked],
        ['denied', denied],
        ...Object.entries(report.deniedByReason).map(([reason, count]) => [`  ${reason}`, count] as const),
        ['all', calls],
      ],
    ),
    '',
    table(
      ['tenant', 'tool', 'calls', 'allowed', 'asked', 'denied'],
      report.tools.map(({ tenant, tool, ...count }) => [
        tenant,
        tool,
        count.calls,
        count.allowed,
        count.asked,
        count.denied,
      ]),
    ),
    '',
    'Writes that broke a written rule, and were stopped',
    table(
      ['tenant', 'rule', 'broke it', 'stopped'],
      report.rules.map(({ tenant, rule, broke, stopped }) => [tenant, rule, broke, stopped]),
    ),
    '',
    ...wronglyDenied
      .slice(0, NAMED)
      .map(({ run, n, tool, reason }) => `denied although right: ${run} call ${n} ${tool}: ${reason}`),
    ...(wronglyDenied.length > NAMED ? [`… and ${wronglyDenied.length - NAMED} more`] : []),
    `recorded writes with reward 1 and no failed label: ${rightWrites.total}; asked: ${rightWrites.asked}; denied: ${rightWrites.denied}`,
  ].join('\n');
}

type Value = string | number;

/** Numbers to the right, words to the left. */
export function table(head: readonly string[], rows: readonly (readonly Value[])[]): string {
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => String(row[i]).length)));
  const line = (values: readonly Value[]) =>
    values
      .map((value, i) => (numeric[i] ? String(value).padStart(widths[i]!) : String(value).padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
