// Promises: the path of a Chromium that the browser tests can drive, or a sentence that says how to get one.
import { aptInstall, canInstall, executable, findProgram, hasApt } from './programs.mjs';
import { Failure } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export function findChromium() {
  if (process.env.CHROMIUM_PATH) {
    if (executable(process.env.CHROMIUM_PATH)) return process.env.CHROMIUM_PATH;
    throw new Failure(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which cannot be run`);
  }
  return findProgram(NAMES, PLACES);
}

export async function ensureChromium(note) {
  const found = findChromium();
  if (found) return found;
  if (!canInstall()) {
    throw new Failure(
      'the browser tests need Chromium and none was found.\n' +
        `${hasApt() ? 'As root: apt-get install chromium.' : 'Install Chromium or Chrome.'} ` +
        'Or set CHROMIUM_PATH to one, or leave the browser out: npm test -- --only unit,integration',
    );
  }
  await aptInstall('chromium', note);
  const installed = findChromium();
  if (!installed) throw new Failure('chromium was installed but is not on the PATH; set CHROMIUM_PATH');
  return installed;
}
