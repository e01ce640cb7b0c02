/** The words of a start: where the console is and how to sign in. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { seedDemo } from '@reeve/db/seed';
import { SetUpService } from './sign-in/set-up.service.js';
import { playDemo } from './demo/play-demo.js';
import { demoCredentialsPath, SeedFacadeFactory } from './demo/seed-facade.service.js';
import type { Config } from './infra/config.js';
import { publicUrl } from './infra/public-url.js';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Seeds a first demo start, listens, and prints how to get in. `stopped` ends what goes on in the background. */
export async function welcome(
  app: NestFastifyApplication,
  config: Config,
  stopped: AbortSignal,
): Promise<void> {
  const demo = config.demo ? await seedDemo(app.get(SeedFacadeFactory).create(say)) : null;
  await app.listen(config.port, config.host);
  const url = publicUrl(config);
  say(`\nReeve is at ${url}`);
  if (demo !== null) {
    const { email, password } = demo.platformAdmin;
    say(`Sign in as ${email} with ${password}`);
    say(`More sign-ins and API keys: ${demoCredentialsPath(config)}`);
    const local = (await app.getUrl()).replace('[::]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
    const { dataDir, demoPace: callsAMinute } = config;
    void playDemo({ url: local, credentials: demo, dataDir, callsAMinute, signal: stopped }, say);
    return;
  }
  const token = await app.get(SetUpService).setupToken();
  if (token !== null)
    say(
      `Nobody is set up yet. Set up the first administrator (once, within 24 h):\n${url}/set-up#token=${token}`,
    );
}
