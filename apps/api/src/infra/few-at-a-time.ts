/** A few at a time of each who asks, in the order they came, and some of them waiting; nobody waits for another's. */
interface Line {
  underWay: number;
  readonly waiting: (() => void)[];
}

export interface Places {
  readonly atATime: number;
  /** Under way and waiting together. */
  readonly max: number;
}

export class FewAtATime {
  private readonly lines = new Map<string, Line>();

  constructor(
    private readonly places: Places,
    private readonly refusal: () => Error,
  ) {}

  /** Throws the refusal at once where too many wait. */
  async run<T>(who: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(who) ?? { underWay: 0, waiting: [] };
    if (line.underWay + line.waiting.length >= this.places.max) throw this.refusal();
    this.lines.set(who, line);
    if (line.underWay < this.places.atATime) line.underWay += 1;
    else await new Promise<void>((begin) => line.waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      if (next !== undefined) next();
      else if ((line.underWay -= 1) === 0) this.lines.delete(who);
    }
  }
}
