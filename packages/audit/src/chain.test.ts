import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';

it('the entry for browsers imports nothing of Node and nothing that holds a key', async () => {
  const built = await rolldown({
    input: fileURLToPath(new URL('chain.ts', import.meta.url)),
    platform: 'browser',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  const { output } = await built.generate({ format: 'esm' });
  await built.close();
  expect(output).toHaveLength(1);
  expect(output[0].imports).toEqual([]);
  expect(output[0].moduleIds.map((id) => id.replace(/.*\//, '')).toSorted()).toEqual([
    'canonical.ts',
    'chain.ts',
    'check-record.ts',
    'describe-verdict.ts',
    'is-canonical.ts',
    'json.ts',
    'manifest.ts',
    'read-lines.ts',
    'record.ts',
    'verdict.ts',
    'verify-chain.ts',
    'verify-export.ts',
    'wire.ts',
  ]);
});
