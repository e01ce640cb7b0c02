/** The changes that spans make to the rollups: summed first, then written once, in the order in which everybody writes. */
import type { Applied } from './applied.js';
import { isNothing, minus, NO_SUMS, plus, SPEND_AT, type Sums } from './sums.js';

export type Grain = 'h' | 'm';
const MINUTES_PER_HOUR = 60;
const hourOf = (minute: number): number =>
  minute - (((minute % MINUTES_PER_HOUR) + MINUTES_PER_HOUR) % MINUTES_PER_HOUR);

export interface RollupDelta {
  readonly grain: Grain;
  readonly at: number;
  readonly seriesId: string;
  readonly sums: Sums;
}
export interface BinDelta {
  readonly grain: Grain;
  readonly at: number;
  readonly seriesId: string;
  readonly bin: number;
  readonly n: number;
}
export interface SpendDelta {
  readonly at: number;
  readonly user: string;
  readonly sums: Sums;
}

export class Deltas {
  private readonly sums = new Map<string, { sums: Sums; of: Applied; grain: Grain; at: number }>();
  private readonly bins = new Map<
    string,
    { n: number; bin: number; of: Applied; grain: Grain; at: number }
  >();
  private readonly spend = new Map<string, { sums: Sums; user: string; at: number }>();

  add(applied: Applied): void {
    this.move(applied, 1);
  }

  takeBack(applied: Applied): void {
    this.move(applied, -1);
  }

  rollups(): RollupDelta[] {
    return [...this.sums.entries()]
      .filter(([, { sums }]) => !isNothing(sums))
      .sort(byKey)
      .map(([, { grain, at, of, sums }]) => ({ grain, at, seriesId: of.seriesId, sums }));
  }

  latencyBins(): BinDelta[] {
    return [...this.bins.entries()]
      .filter(([, { n }]) => n !== 0)
      .sort(byKey)
      .map(([, { grain, at, of, bin, n }]) => ({ grain, at, seriesId: of.seriesId, bin, n }));
  }

  userSpend(): SpendDelta[] {
    return [...this.spend.entries()]
      .filter(([, { sums }]) => !isNothing(sums))
      .sort(byKey)
      .map(([, delta]) => delta);
  }

  private move(of: Applied, sign: 1 | -1): void {
    const change = sign === 1 ? plus : minus;
    for (const [grain, at] of [
      ['h', hourOf(of.minute)],
      ['m', of.minute],
    ] as const) {
      const key = `${grain} ${at} ${of.seriesId}`;
      const { sums } = this.sums.get(key) ?? { sums: NO_SUMS };
      this.sums.set(key, { sums: change(sums, of.sums), of, grain, at });
      if (of.bin === null) continue;
      const binKey = `${key} ${of.bin}`;
      const { n } = this.bins.get(binKey) ?? { n: 0 };
      this.bins.set(binKey, { n: n + sign, bin: of.bin, of, grain, at });
    }
    if (of.user === null) return;
    const spent = SPEND_AT.map((at) => of.sums[at]!);
    if (isNothing(spent)) return;
    const at = hourOf(of.minute);
    const key = `${at} ${of.user}`;
    const { sums } = this.spend.get(key) ?? { sums: spent.map(() => 0n) };
    this.spend.set(key, { sums: change(sums, spent), user: of.user, at });
  }
}

/** Any order does that is the same everywhere. */
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;
