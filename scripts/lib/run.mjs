// Promises: runs a tool and keeps quiet while it does well; when it fails, the error carries what it printed.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const children = new Set();

/** A failure that is the tool's own: its output says enough, a stack of ours says nothing. */
export class Failure extends Error {}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ onLine?: (line: string) => void, env?: object, allowFailure?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { onLine, env, allowFailure = false } = {}) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm', // npm is a .cmd there
      windowsHide: true,
    });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        for (const part of text.split('\n')) if (onLine && part.trim()) onLine(part.trim());
      });
    }
    child.once('error', (error) => fail(new Failure(`${command}: ${error.message}`)));
    child.once('close', (code, signal) => {
      children.delete(child);
      if (code === 0 || (allowFailure && code !== null)) settle({ code, output });
      else
        fail(new Failure(`${command} ${args.join(' ')} ended with ${signal ?? code}\n${output.trimEnd()}`));
    });
  });
}

/** Runs a tool of ours that npm installed, without npx and its shell. */
export const tool = (path, args, options) =>
  run(process.execPath, [join(ROOT, 'node_modules', path), ...args], options);

/** For whoever was interrupted: no tool is left running. */
export function stopTools() {
  for (const child of children) child.kill('SIGTERM');
}
