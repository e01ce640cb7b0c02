/** What a tenant says of its subjects: personal, so it is kept with each subject's key, under that key, and erased with it. */
import { Injectable } from '@nestjs/common';
import type { Subject, SubjectKey as SubjectKeyRow } from '@reeve/db';
import { compositeKey, type JsonObject } from '@reeve/policy';
import { Changes, type LedgerTx } from '../ledger/changes.js';
import { SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import type { Subject as ShownSubject } from './subject.model.js';
import { SubjectsRepository, type SubjectKeyOf } from './subjects.repository.js';

type Said = ReadonlyMap<string, JsonObject | null>;

const saidOf = (said: Said, { type, id }: Subject): JsonObject | null => {
  const attributes = said.get(compositeKey(type, id));
  return attributes === undefined ? {} : attributes;
};

@Injectable()
export class SubjectAttributes {
  constructor(
    private readonly subjects: SubjectsRepository,
    private readonly changes: Changes,
    private readonly keys: SubjectKeys,
  ) {}

  async shown(tenantId: string, rows: readonly Subject[]): Promise<ShownSubject[]> {
    const attributes = this.opened(
      await this.subjects.keys(
        tenantId,
        rows.map(({ id }) => id),
      ),
    );
    return rows.map((row) => ({ ...row, attributes: saidOf(attributes, row) }));
  }

  async shownIn(tx: LedgerTx, row: Subject): Promise<ShownSubject> {
    const keys = this.opened(await this.subjects.keysIn(tx, row.tenantId, [row.id]));
    return { ...row, attributes: saidOf(keys, row) };
  }

  /** By type and id, those that something is said of; null: it does not open. */
  opened(rows: readonly SubjectKeyRow[]): Said {
    return new Map(
      rows.flatMap(({ type, id, ref, wrappedKey, attributes }) =>
        attributes === null
          ? []
          : [[compositeKey(type, id), this.openedOne(this.keys.open(ref, wrappedKey), attributes)] as const],
      ),
    );
  }

  private openedOne(key: SubjectKey, sealed: Uint8Array): JsonObject | null {
    try {
      return key.openAttributes(sealed);
    } catch {
      return null;
    }
  }

  /** All of one subject's, and what they were before. */
  async set(tx: LedgerTx, key: SubjectKeyOf, attributes: JsonObject): Promise<JsonObject> {
    const { tenantId, type, id } = key;
    const own = await this.changes.subjectKey(tx, tenantId, type, id);
    const before = this.opened(await this.subjects.keysIn(tx, tenantId, [id])).get(compositeKey(type, id));
    const empty = Object.keys(attributes).length === 0;
    await this.subjects.say(tx, key, empty ? null : own.sealAttributes(attributes));
    return before ?? {};
  }
}
