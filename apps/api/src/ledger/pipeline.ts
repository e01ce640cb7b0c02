/**
 * A pipeline: statements that PostgreSQL gets together and answers together, with one Sync behind all of them (PostgreSQL,
 * "Pipelining"). Without a BEGIN they are one transaction, which the Sync commits; after one that fails none of the rest
 * runs.
 */
import pg from 'pg';
import utils from 'pg/lib/utils.js';

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Nobody looks at what it answers. */
  readonly unread?: true;
}

/** What a pg Submittable speaks with; the published types are those of an older release. */
interface Wire {
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[]; valueMapper: unknown }): void;
  describe(message: { type: 'P'; name: '' }): void;
  execute(message: object): void;
  sync(): void;
}

/** Statements a connection has prepared: the name there, by the name here. */
export class Prepared {
  private readonly names = new Map<string, string>();
  private count = 0;

  nameOf(name: string): string | undefined {
    return this.names.get(name);
  }

  add(name: string): string {
    const there = `${name}_${++this.count}`;
    this.names.set(name, there);
    return there;
  }

  /** What was sent with a pipeline that failed may or may not be prepared: next time under another name. */
  forget(names: readonly string[]): void {
    for (const name of names) this.names.delete(name);
  }
}

/**
 * `resolve` gets a result for each statement once the Sync was answered. It is a pg.Query because a pipelining client
 * takes nothing else, lest a portal stay open; here the Sync closes it.
 */
export class Pipeline extends pg.Query {
  private readonly results: pg.Result[] = [];
  private readonly parsed: string[] = [];
  private next = newResult();

  constructor(
    private readonly statements: readonly Statement[],
    private readonly prepared: Prepared,
    private readonly resolve: (results: pg.Result[]) => void,
    private readonly reject: (error: Error) => void,
  ) {
    super(''); // a string: a configuration object would be copied by its property descriptors, each time
  }

  override readonly submit = (connection: pg.Connection): void => {
    const wire = connection as unknown as Wire;
    for (const { name, text, values = [], unread } of this.statements) {
      let statement = this.prepared.nameOf(name);
      if (statement === undefined) {
        statement = this.prepared.add(name);
        this.parsed.push(name);
        wire.parse({ name: statement, text });
      }
      wire.bind({ statement, values, valueMapper: utils.prepareValue });
      // Only what was described is read.
      if (!unread) wire.describe({ type: 'P', name: '' });
      wire.execute({});
    }
    wire.sync();
  };

  handleRowDescription({ fields }: { fields: pg.FieldDef[] }): void {
    this.next.addFields(fields);
  }

  handleDataRow({ fields }: { fields: unknown[] }): void {
    if (this.next.fields.length > 0) this.next.addRow(this.next.parseRow(fields));
  }

  handleCommandComplete(): void {
    this.results.push(this.next);
    this.next = newResult();
  }

  handleReadyForQuery(): void {
    this.resolve(this.results);
  }

  handleError(error: Error): void {
    this.prepared.forget(this.parsed);
    this.reject(error);
  }
}

/** pg.Result with the methods that pg's own queries use. */
type ReadingResult = pg.Result & {
  addFields(fields: pg.FieldDef[]): void;
  parseRow(values: unknown[]): pg.QueryResultRow;
  addRow(row: pg.QueryResultRow): void;
};
const newResult = () => new pg.Result('object', pg.types) as ReadingResult;
