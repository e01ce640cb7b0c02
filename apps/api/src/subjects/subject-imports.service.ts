/** Attributes of many subjects out of a file: looked at first, then applied as one change, all of it or nothing. */
import { Injectable } from '@nestjs/common';
import { canonical } from '@reeve/audit';
import type { Prisma, Subject, SubjectKey as SubjectKeyRow } from '@reeve/db';
import {
  compositeKey,
  readSubjectFile,
  SUBJECT_IMPORT_FORMATS,
  type ImportedSubject,
  type SubjectImportFormat,
} from '@reeve/policy';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';
import { Changes } from '../ledger/changes.js';
import { SubjectKeys } from '../ledger/subject-keys.js';
import { SubjectAttributes } from './subject-attributes.service.js';
import type { SubjectImport } from './subject.model.js';
import { SubjectsRepository } from './subjects.repository.js';

const ERRORS_SHOWN = 100;
const Format: z.ZodType<SubjectImportFormat> = z.enum(SUBJECT_IMPORT_FORMATS);

@Injectable()
export class SubjectImports {
  constructor(
    private readonly subjects: SubjectsRepository,
    private readonly attributes: SubjectAttributes,
    private readonly changes: Changes,
    private readonly keys: SubjectKeys,
  ) {}

  async preview(tenant: TenantScope, format: string, text: unknown): Promise<SubjectImport> {
    const { subjects, problems } = readSubjectFile(
      valid(Format, format, 'format'),
      valid(z.string(), text, 'text'),
    );
    const ids = subjects.map(({ id }) => id);
    const [bound, keys] = await Promise.all([
      this.subjects.many(tenant.id, ids),
      this.subjects.keys(tenant.id, ids),
    ]);
    const { created, changed, unchanged } = this.sorted(subjects, bound, keys);
    return {
      created: created.length,
      changed: changed.length,
      unchanged,
      errors: problems.slice(0, ERRORS_SHOWN),
      errorCount: problems.length,
    };
  }

  async apply(
    actor: AdminActor,
    tenant: TenantScope,
    format: string,
    text: unknown,
    reason: string,
  ): Promise<SubjectImport> {
    const { subjects, problems } = readSubjectFile(
      valid(Format, format, 'format'),
      valid(z.string(), text, 'text'),
    );
    const [first] = problems;
    if (first !== undefined)
      throw new DomainError('invalid', `line ${first.line}: ${first.message}`, {
        problems: problems
          .slice(0, ERRORS_SHOWN)
          .map(({ line, message }) => ({ path: 'text', message: `line ${line}: ${message}` })),
      });
    const tenantId = tenant.id;
    const change = { tenantId, action: 'subject.import', reason } as const;
    return this.changes.make(actor, change, async (tx, at) => {
      const ids = subjects.map(({ id }) => id);
      const bound = await this.subjects.manyIn(tx, tenantId, ids);
      const rows = await this.subjects.keysIn(tx, tenantId, ids);
      const { created, changed, unchanged } = this.sorted(subjects, bound, rows);
      const known = new Map(
        rows.map(({ type, id, ref, wrappedKey }) => [
          compositeKey(type, id),
          this.keys.open(ref, wrappedKey),
        ]),
      );
      const made: Prisma.SubjectKeyCreateManyInput[] = [];
      const sealed = [...created, ...changed].map(({ type, id, attributes }) => {
        let key = known.get(compositeKey(type, id));
        if (key === undefined) {
          const fresh = this.keys.make(tenantId, type, id);
          made.push({ ...fresh.row, wrappedKey: Uint8Array.from(fresh.row.wrappedKey) });
          key = fresh.key;
        }
        return { type, id, sealed: isEmpty(attributes) ? null : key.sealAttributes(attributes) };
      });
      await this.subjects.insertKeys(tx, made);
      await this.subjects.insert(
        tx,
        created.map(({ type, id }) => ({ tenantId, type, id, roles: [], version: 0, updatedAt: at.now })),
      );
      await this.subjects.sayAll(tx, tenantId, sealed, at.now);
      const counts = { created: created.length, changed: changed.length, unchanged };
      return {
        target: 'subjects',
        before: null,
        after: counts,
        result: { ...counts, errors: [], errorCount: 0 },
      };
    });
  }

  /** Those that are not bound yet, those of whom something else is said now, and how many are as they were. */
  private sorted(
    subjects: readonly ImportedSubject[],
    bound: readonly Subject[],
    keys: readonly SubjectKeyRow[],
  ) {
    const known = new Set(bound.map(({ type, id }) => compositeKey(type, id)));
    const said = this.attributes.opened(keys);
    const isNew = ({ type, id }: ImportedSubject) => !known.has(compositeKey(type, id));
    const isOther = ({ type, id, attributes }: ImportedSubject) => {
      const before = said.get(compositeKey(type, id));
      return canonical(before === undefined ? {} : before) !== canonical(attributes);
    };
    const created = subjects.filter(isNew);
    const changed = subjects.filter((one) => !isNew(one) && isOther(one));
    return { created, changed, unchanged: subjects.length - created.length - changed.length };
  }
}

const isEmpty = (attributes: object): boolean => Object.keys(attributes).length === 0;
