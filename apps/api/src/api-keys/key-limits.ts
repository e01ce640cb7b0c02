/** What a key may send a second to each process; null: as much as there is. */
export interface KeyLimits {
  readonly requestsPerSecond: number | null;
  readonly questionsPerSecond: number | null;
}
