/** Connections and backfills as people see them. Pure. */
import type { LangfuseConnection as ConnectionRow, LangfusePull } from '@reeve/db';
import { isGeneration } from './langfuse-api.js';
import type { LangfuseBackfill, LangfuseConnection } from './langfuse-connection.model.js';
import { PULL_STATES } from './states.js';

/** Without its secret, whatever else is added to the row one day. */
export function connectionOf(row: ConnectionRow, backfills: readonly LangfusePull[]): LangfuseConnection {
  const { id, baseUrl, publicKey, hint, error, projectId, projectName, watermark, pulledAt } = row;
  return {
    id,
    baseUrl,
    publicKey,
    hint,
    state: row.stopped !== null ? 'stopped' : row.paused ? 'paused' : 'active',
    error,
    generation: isGeneration(row.generation) ? row.generation : null,
    projectName,
    traceUrl: projectId && `${baseUrl}/project/${encodeURIComponent(projectId)}/traces/{trace}`,
    watermark,
    pulledAt,
    rows: Number(row.rows),
    rejected: Number(row.rejected),
    scores: Number(row.scores),
    backfills: backfills.filter(({ connectionId }) => connectionId === id).map(backfillOf),
    createdAt: row.createdAt,
    version: row.version,
  };
}

export function backfillOf(pull: LangfusePull): LangfuseBackfill {
  const { id, from, to, reached, pages, error, resumeAt, createdAt, finishedAt } = pull;
  const state = PULL_STATES.find((each) => each === pull.state) ?? 'failed';
  return {
    id,
    from,
    to,
    state,
    reached,
    share: state === 'done' || pull.part !== 'observations' ? 1 : shareOf(pull),
    pages,
    rows: Number(pull.rows),
    rejected: Number(pull.rejected),
    scores: Number(pull.scores),
    error,
    resumeAt,
    createdAt,
    finishedAt,
  };
}

const shareOf = ({ from, to, reached }: LangfusePull): number =>
  reached === null
    ? 0
    : Math.min(1, Math.max(0, (to.getTime() - reached.getTime()) / (to.getTime() - from.getTime())));
