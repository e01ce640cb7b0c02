/**
 * Attributes of many subjects out of a file. NDJSON: one `{ "type", "id", "attributes" }` a line. CSV: a header with `id`,
 * `type` where it is not `user`, and a column for each attribute; `level:number`, `active:boolean` and `tags:json` are not
 * read as text, and an empty field says nothing.
 */
import { z } from 'zod';
import { boundedDepth } from '../expressions/depth.js';
import { isHeld, readJson } from '../contract/json-text.js';
import { isSeen } from '../contract/seen.js';
import { isInOrder } from '../contract/text.js';
import type { Json, JsonObject } from '../vocabulary.js';
import { readCsv } from './csv.js';

export const SUBJECT_IMPORT_FORMATS = ['ndjson', 'csv'] as const;
export type SubjectImportFormat = (typeof SUBJECT_IMPORT_FORMATS)[number];

/** Of one file, and of one subject's attributes as JSON. */
export const SUBJECT_IMPORT = { rowsMax: 5_000, textMax: 900_000 } as const;
export const PROPERTIES_BYTES_MAX = 16 << 10;

export interface ImportedSubject {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
}
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}
export interface SubjectFile {
  readonly subjects: readonly ImportedSubject[];
  readonly problems: readonly LineProblem[];
}

/** A subject's or a resource's name, as administrators write it. */
export const EntityName = z
  .string()
  .min(1)
  .max(256)
  .refine(isSeen, 'holds nothing that can be seen')
  .refine(isInOrder, 'turns the direction of text');

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** What is said of a subject or a resource: it is read with every question about it. */
export const PropertyBag: z.ZodType<JsonObject> = z
  .record(z.string().min(1).max(128), z.json())
  .refine((members) => !Object.hasOwn(members, '__proto__'), 'holds a name that nothing can have')
  .refine(
    (members) => utf8Bytes(JSON.stringify(members)) <= PROPERTIES_BYTES_MAX,
    `is larger than ${PROPERTIES_BYTES_MAX >> 10} kB`,
  );

const Row = z.strictObject({
  type: EntityName.default('user'),
  id: EntityName,
  attributes: PropertyBag,
});

/** Never throws: what is wrong is said by its line, and the rest is read. */
export function readSubjectFile(format: SubjectImportFormat, text: string): SubjectFile {
  const problems: LineProblem[] = [];
  if (text.length > SUBJECT_IMPORT.textMax)
    return { subjects: [], problems: [{ line: 1, message: 'the file is too long: import it in parts' }] };
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const rows = format === 'csv' ? csvRows(clean, problems) : jsonRows(clean, problems);
  const subjects = new Map<string, ImportedSubject>();
  for (const [i, { line, value }] of rows.entries()) {
    if (i >= SUBJECT_IMPORT.rowsMax) {
      problems.push({ line, message: `more than ${SUBJECT_IMPORT.rowsMax} subjects: import them in parts` });
      break;
    }
    const parsed = Row.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      problems.push({ line, message: `${issue!.path.join('.') || 'the line'}: ${issue!.message}` });
      continue;
    }
    const key = JSON.stringify([parsed.data.type, parsed.data.id]);
    if (subjects.has(key)) problems.push({ line, message: 'the same subject stands further up' });
    else subjects.set(key, parsed.data);
  }
  return { subjects: [...subjects.values()], problems: problems.sort((a, b) => a.line - b.line) };
}

interface RawRow {
  readonly line: number;
  readonly value: unknown;
}

function jsonRows(text: string, problems: LineProblem[]): RawRow[] {
  return text.split('\n').flatMap((source, i): RawRow[] => {
    const line = i + 1;
    if (source.trim() === '') return [];
    const read = jsonOf(source);
    if (read.ok) return [{ line, value: read.value }];
    problems.push({ line, message: read.message });
    return [];
  });
}

const READERS: { readonly [kind: string]: (text: string) => Json | undefined } = {
  text: (text) => text,
  number: (text) => (text.trim() !== '' && isHeld(text.trim()) && isFinite(+text) ? +text : undefined),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  json(text) {
    const read = jsonOf(text);
    return read.ok ? read.value : undefined;
  },
};

function csvRows(text: string, problems: LineProblem[]): RawRow[] {
  const rows = readCsv(text);
  if (rows === null) {
    problems.push({ line: 1, message: 'a quote is never closed' });
    return [];
  }
  const [header, ...body] = rows;
  const columns = (header?.fields ?? []).map((field) => {
    const [, name = field, kind = 'text'] =
      /^(.*?)(?::(number|boolean|json|text))?$/.exec(field.trim()) ?? [];
    return { name, kind };
  });
  if (!columns.some(({ name }) => name === 'id')) {
    problems.push({ line: 1, message: 'the first line names the columns, and one of them is id' });
    return [];
  }
  return body.flatMap(({ line, fields }): RawRow[] => {
    if (fields.length > columns.length) {
      problems.push({ line, message: `has ${fields.length} fields, and the header ${columns.length}` });
      return [];
    }
    const value: Record<string, unknown> = {};
    const attributes: [string, Json][] = [];
    for (const [i, field] of fields.entries()) {
      const { name, kind } = columns[i]!;
      if (field === '') continue;
      if (name === 'id' || name === 'type') {
        value[name] = field;
        continue;
      }
      const read = READERS[kind]!(field);
      if (read === undefined) {
        problems.push({ line, message: `${name} is no ${kind}` });
        return [];
      }
      attributes.push([name, read]);
    }
    return [{ line, value: { ...value, attributes: Object.fromEntries(attributes) } }];
  });
}

function jsonOf(text: string): { readonly ok: true; readonly value: Json } | { ok: false; message: string } {
  try {
    const read = readJson(text);
    if (!read.ok) return { ok: false, message: `${read.problem.path || 'the line'} ${read.problem.message}` };
    boundedDepth(read.value as Json);
    return { ok: true, value: read.value as Json };
  } catch {
    return { ok: false, message: 'is no JSON' };
  }
}
