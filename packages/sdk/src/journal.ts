/** Where reports wait that could not be sent. At least once: the same report again is harmless, Reeve knows it by its id. */

/** A request that is still to be made. */
export interface Entry {
  readonly path: string;
  readonly body: string;
}

export interface Kept extends Entry {
  /** The journal's own name for it. */
  readonly id: string;
}

export interface Journal {
  /** Rejects when it is full or cannot write: the report is lost then, and said to be. */
  add(entry: Entry): Promise<void>;
  /** The oldest first, not necessarily all of them. */
  oldest(): Promise<readonly Kept[]>;
  remove(id: string): Promise<void>;
}

/** Of what waits in memory or on disk. */
export const ENTRIES_MAX = 1_000;

/** Gone with the process. */
export function memoryJournal(entriesMax = ENTRIES_MAX): Journal {
  const kept = new Map<string, Kept>();
  let last = 0;
  return {
    async add(entry) {
      if (kept.size >= entriesMax) throw new Error(`${entriesMax} reports are waiting already`);
      const id = String(++last);
      kept.set(id, { ...entry, id });
    },
    oldest: async () => [...kept.values()],
    remove: async (id) => void kept.delete(id),
  };
}
