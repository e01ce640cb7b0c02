/** On a full disk nothing is decided and nothing is called ready; with room again all goes on by itself. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { ownCluster, type OwnCluster } from './support/own-cluster.js';
import { createWorld, type Api, type World } from './support/world.js';

const MEGABYTES = 450;
const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const disk = mkdtempSync(join(tmpdir(), 'reeve-disk-'));
const mounted = run('mount', '-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=1777`, 'tmpfs', disk);
if (!mounted) rmdirSync(disk);

describe.skipIf(!mounted)(
  `a small disk${mounted ? '' : ' (skipped: this account may not mount one)'}`,
  () => {
    let cluster: OwnCluster;
    let world: World;
    let api: Api;
    let key: string;

    beforeAll(async () => {
      cluster = await ownCluster(disk);
      world = await createWorld(undefined, cluster.database);
      key = (await world.agentKey()).secret;
      api = await world.api();
    });
    afterAll(async () => {
      await world.close();
      await cluster.remove();
      run('umount', disk);
      rmdirSync(disk);
    });

    const filler = join(disk, 'filler');
    const readiness = async () => (await fetch(`${api.url}/readyz`)).status;
    let asked = 0;
    const decides = async () => (await ask(api, key, { subject: `s-${asked++}` })).status;

    it('is a no once it is full, and goes on when it is not', { timeout: 120_000 }, async () => {
      await expect.poll(decides, { timeout: 20_000 }).toBe(200);
      expect(await readiness()).toBe(200);

      run('dd', 'if=/dev/zero', `of=${filler}`, 'bs=4k');
      expect(await readiness()).toBe(503);
      // Pages that were begun are still filled.
      await expect.poll(decides, { timeout: 20_000, interval: 0 }).toBe(503);
      expect(await readiness()).toBe(503);

      rmSync(filler);
      await expect.poll(readiness, { timeout: 30_000 }).toBe(200);
      await expect.poll(decides, { timeout: 30_000 }).toBe(200);
      expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
    });
  },
);
