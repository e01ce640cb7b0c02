// CPU seconds that processes have used, from /proc; on other systems nothing is known.
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const TICKS = 100; // USER_HZ, which Linux fixes for user space

/** @param {{ [name: string]: number[] }} pids @returns {{ [name: string]: number }} seconds by name */
export function cpuSeconds(pids) {
  return Object.fromEntries(
    Object.entries(pids).map(([name, list]) => [name, list.reduce((sum, pid) => sum + secondsOf(pid), 0)]),
  );
}

/** CPU seconds that the whole machine has used, whoever it was. */
export function machineSeconds() {
  return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0);
}

/** A process and the ones it forked, as PostgreSQL does for each connection. */
export function withChildren(pid) {
  try {
    return [
      pid,
      ...readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((one) => fields(one)?.[1] === String(pid)),
    ];
  } catch {
    return [pid];
  }
}

function secondsOf(pid) {
  const stat = fields(pid);
  return stat ? (Number(stat[11]) + Number(stat[12])) / TICKS : 0;
}

/** Of /proc/PID/stat, what follows the name in parentheses: state, parent, … */
function fields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
