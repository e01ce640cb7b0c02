/** One at a time of each who asks, in the order they came, and a few of them waiting; nobody waits for another's. */
interface Line {
  last: Promise<unknown>;
  /** Under way and waiting. */
  length: number;
}

export class OneByOne {
  private readonly lines = new Map<string, Line>();

  /** `max`: under way and waiting together. */
  constructor(
    private readonly max: number,
    private readonly refusal: () => Error,
  ) {}

  /** Throws the refusal at once where too many wait. */
  async run<T>(who: string, work: () => Promise<T>): Promise<T> {
    const line = this.lines.get(who) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= this.max) throw this.refusal();
    this.lines.set(who, line);
    line.length += 1;
    const mine = line.last.then(work);
    line.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      line.length -= 1;
      if (line.length === 0) this.lines.delete(who);
    }
  }
}
