import { EXIT } from './exit.js';
import { keyCommand } from './key-command.js';
import { UsageError } from './usage-error.js';
import { verifyCommand } from './verify-command.js';

const USAGE = `Usage:
  reeve-audit verify <export.ndjson | -> [--keys <file>] [--json]
      Checks an export: every hash, link and, with a key file, every signature. Reads on behind a fault.
      --keys   a tenant key file or a keyring; without one the hash chain alone is checked, and the verdict of an
               export that agrees with itself is "consistent", not "verified"
      --json   the verdict as JSON
      Exit: 0 verified, 1 broken, 2 incomplete, 3 unknown key, 4 consistent (no key given), 64 wrong usage or
      unreadable input

  reeve-audit key --keyring <file> --tenant <uuid> [--out <file>]
      Derives one tenant's key file from a keyring. --out makes a new file of mode 0600.
`;

/** Runs one command line and says which status to exit with. Errors become one line, never a stack. */
export async function run(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  try {
    switch (command) {
      case 'verify':
        return await verifyCommand(rest);
      case 'key':
        return await keyCommand(rest);
      case '--help':
      case '-h':
      case 'help':
        process.stdout.write(USAGE);
        return EXIT.verified;
      default:
        throw new UsageError(
          command === undefined ? 'which command?' : `no such command: ${JSON.stringify(command)}`,
        );
    }
  } catch (error) {
    const isUsage = error instanceof UsageError;
    process.stderr.write(`reeve-audit: ${error instanceof Error ? error.message : String(error)}\n`);
    if (isUsage && error.showUsage) process.stderr.write(`\n${USAGE}`);
    return isUsage ? EXIT.usage : EXIT.failure;
  }
}
