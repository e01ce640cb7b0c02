/**
 * The database's clock, as last seen and carried on by this process's own: never ahead of it, behind by a round trip at
 * most. A batch that relies on it has the database check it to the second (WRITE, ledger.sql.ts).
 */
export class DatabaseClock {
  private seen: { readonly database: number; readonly here: number } | undefined;

  /** Epoch milliseconds that the database just told. */
  see(database: number): void {
    this.seen = { database, here: performance.now() };
  }

  /** Epoch milliseconds; undefined before anything was seen. */
  now(): number | undefined {
    return this.seen && this.seen.database + performance.now() - this.seen.here;
  }
}
