/** The one door to scores, wherever they come from. */
import { Injectable } from '@nestjs/common';
import { isStorable } from '@reeve/policy';
import type { NewScore } from './score.js';
import { ScoresRepository } from './scores.repository.js';

const TEXT_MAX = 500;
const COMMENT_MAX = 2_000;
const NAME_MAX = 200;
const ID_MAX = 400;

@Injectable()
export class Scores {
  constructor(private readonly scores: ScoresRepository) {}

  /** What is said again with the same source and id is said instead; the later one counts, in whatever order. */
  async put(tenantId: string, scores: readonly NewScore[]): Promise<void> {
    const latest = new Map<string, NewScore>();
    for (const score of scores) {
      const key = `${score.source}/${score.externalId}`;
      const there = latest.get(key);
      if (there === undefined || isLater(score, there)) latest.set(key, score);
    }
    if (latest.size > 0) await this.scores.put(tenantId, [...latest.values()].map(bounded));
  }
}

/** The later of two with the same times is the one that came later. */
function isLater(a: NewScore, b: NewScore): boolean {
  const later = a.updatedAt.getTime() - b.updatedAt.getTime() || a.at.getTime() - b.at.getTime();
  return later >= 0;
}

/** What PostgreSQL can hold, and not longer than somebody would read. */
const bounded = (score: NewScore): NewScore => ({
  ...score,
  externalId: cut(score.externalId, ID_MAX),
  name: cut(score.name, NAME_MAX),
  text: score.text && cut(score.text, TEXT_MAX),
  comment: score.comment && cut(score.comment, COMMENT_MAX),
  traceId: score.traceId && cut(score.traceId, ID_MAX),
  spanId: score.spanId && cut(score.spanId, ID_MAX),
  thread: score.thread && cut(score.thread, ID_MAX),
});

function cut(text: string, max: number): string {
  const short = text.slice(0, max);
  return isStorable(short) ? short : short.replaceAll('\0', '\uFFFD').toWellFormed();
}
