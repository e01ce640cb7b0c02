/** An async iterator that holds the newest value only: a slow reader skips, and nothing piles up. */
export class Latest<T> implements AsyncIterableIterator<T> {
  private value: T | undefined;
  private failure: Error | undefined;
  private ended = false;
  private wake: (() => void) | undefined;

  /** `released` is called once, when the reader leaves or the values end. */
  constructor(private readonly released: () => void) {}

  /** Put and not yet read. */
  get pending(): T | undefined {
    return this.value;
  }

  put(value: T): void {
    this.value = value;
    this.wake?.();
  }

  fail(error: Error): void {
    this.failure = error;
    this.wake?.();
  }

  end(): void {
    if (!this.ended) this.released();
    this.ended = true;
    this.wake?.();
  }

  async next(): Promise<IteratorResult<T>> {
    while (!this.ended) {
      if (this.failure !== undefined) {
        this.end();
        throw this.failure;
      }
      if (this.value !== undefined) {
        const { value } = this;
        this.value = undefined;
        return { done: false, value };
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<T>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
