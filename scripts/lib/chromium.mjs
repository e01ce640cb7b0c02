// Promises: the path of a Chromium that the browser tests can drive, or a sentence that says how to get one.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, run } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export function findChromium() {
  if (process.env.CHROMIUM_PATH) {
    if (executable(process.env.CHROMIUM_PATH)) return process.env.CHROMIUM_PATH;
    throw new Failure(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which cannot be run`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES].find(
    executable,
  );
}

export async function ensureChromium(note) {
  const found = findChromium();
  if (found) return found;
  const apt = executable('/usr/bin/apt-get');
  if (!apt || process.getuid?.() !== 0) {
    throw new Failure(
      'the browser tests need Chromium and none was found.\n' +
        `${apt ? 'As root: apt-get install chromium.' : 'Install Chromium or Chrome.'} ` +
        'Or set CHROMIUM_PATH to one, or leave the browser out: npm test -- --only unit,integration',
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, onLine: note });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { env, onLine: note });
  const installed = findChromium();
  if (!installed) throw new Failure('chromium was installed but is not on the PATH; set CHROMIUM_PATH');
  return installed;
}
