import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';

/** Since the statistics were last reset. */
export interface Checkpoints {
  readonly timed: number;
  readonly requested: number;
  readonly writeMs: number;
  readonly syncMs: number;
}

/** The version in which checkpoints got a view of their own. */
const OWN_VIEW = 170_000;

@Injectable()
export class CheckpointsRepository {
  constructor(private readonly database: Database) {}

  async read(): Promise<Checkpoints> {
    const { app } = this.database;
    const [server] = await app.$queryRaw<{ version: number }[]>`
      SELECT current_setting('server_version_num')::int AS version`;
    const [checkpoints] =
      server!.version >= OWN_VIEW
        ? await app.$queryRaw<Checkpoints[]>`
            SELECT num_timed::float8 AS timed, num_requested::float8 AS requested,
              write_time AS "writeMs", sync_time AS "syncMs" FROM pg_stat_checkpointer`
        : await app.$queryRaw<Checkpoints[]>`
            SELECT checkpoints_timed::float8 AS timed, checkpoints_req::float8 AS requested,
              checkpoint_write_time AS "writeMs", checkpoint_sync_time AS "syncMs" FROM pg_stat_bgwriter`;
    return checkpoints!;
  }
}
