// Our TypeScript packages for this plain JavaScript, bundled as they are now; what npm installed stays outside.
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @param {'policy' | 'audit'} name */
export async function ownPackage(name) {
  const file = join(ROOT, 'bench', 'dist', `${name}.mjs`);
  const bundle = await rolldown({
    input: join(ROOT, 'packages', name, 'src', 'index.ts'),
    platform: 'node',
    external: (id) =>
      !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id) && !id.startsWith('@reeve/'),
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
  return import(file);
}
