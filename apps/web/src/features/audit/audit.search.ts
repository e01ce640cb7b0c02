/** The filters of the audit log as the URL keeps them, as the API takes them, and as an export asks. */
import { EFFECTS } from '@reeve/policy';
import * as z from 'zod/mini';
import type { AuditFilter } from '../../shared/gql/generated/graphql.js';
import { lenient, many, one, text, written } from '../../shared/url/many.js';
import type { TimeRange } from '../../shared/url/time-range.js';

const KINDS = ['evaluation', 'outcome', 'change'] as const;
const Position = lenient(written(z.string().check(z.regex(/^[1-9]\d{0,15}$/))));

export const auditSearch = z.object({
  kind: many(z.enum(KINDS)),
  actor: one,
  /** A pseudonym, or an id for whoever may know it. */
  subject: one,
  action: many(text()),
  target: many(text()),
  effect: many(z.enum(EFFECTS)),
  reason: many(text()),
  text: one,
  /** The record that lies open beside the list, by position. */
  peek: Position,
});
export type AuditSearch = z.infer<typeof auditSearch>;
export type AuditFilters = Omit<AuditSearch, 'peek'>;

export const NO_FILTERS: AuditFilters = {
  kind: undefined,
  actor: undefined,
  subject: undefined,
  action: undefined,
  target: undefined,
  effect: undefined,
  reason: undefined,
  text: undefined,
};

export const isFiltered = (search: AuditFilters): boolean =>
  (Object.keys(NO_FILTERS) as (keyof AuditFilters)[]).some((name) => search[name] !== undefined);

export function auditFilter(filters: AuditFilters, range: TimeRange | null): AuditFilter {
  const { kind, actor, subject, action, target, effect, reason, text } = filters;
  return {
    ...(kind && { kind: [...kind] as AuditFilter['kind'] & object }),
    ...(actor && { actorId: actor }),
    ...(subject && { subject }),
    ...(action && { action }),
    ...(target && { target }),
    ...(effect && { effect: [...effect] as AuditFilter['effect'] & object }),
    ...(reason && { reason }),
    ...(text && { text }),
    ...(range && { from: range.from.toISOString(), ...(range.moving ? {} : { to: range.to.toISOString() }) }),
  };
}

/** `range` null: the whole log. */
/** `excel` is CSV with the byte order mark by which Excel knows UTF-8. */
export type ExportFormat = 'ndjson' | 'csv' | 'excel';

export function exportAddress(
  tenant: string,
  format: ExportFormat,
  filters: AuditFilters,
  range: TimeRange | null,
  reason: string,
): string {
  const { kind, actor, subject, action, target, effect, reason: reasonCode, text } = filters;
  const address = new URLSearchParams({ tenant, format: format === 'ndjson' ? format : 'csv', reason });
  if (format === 'excel') address.set('bom', '1');
  for (const [name, values] of Object.entries({ kind, action, target, effect, reasonCode }))
    for (const value of values ?? []) address.append(name, value);
  if (actor) address.set('actorId', actor);
  if (subject) address.set('subject', subject);
  if (text) address.set('text', text);
  if (range) {
    address.set('from', range.from.toISOString());
    if (!range.moving) address.set('to', range.to.toISOString());
  }
  return `/v1/audit/export?${address}`;
}

/** The filters as a sentence's parts, for the export to echo. */
export function filterWords(filters: AuditFilters): string[] {
  const { kind, actor, subject, action, target, effect, reason, text } = filters;
  const list = (name: string, values: readonly string[] | undefined) =>
    values ? [`${name} ${values.join(' or ')}`] : [];
  return [
    ...list('kind', kind),
    ...(actor ? [`actor ${actor}`] : []),
    ...(subject ? [`subject ${subject}`] : []),
    ...list('action', action),
    ...list('target', target),
    ...list('effect', effect),
    ...list('reason', reason),
    ...(text ? [`text “${text}”`] : []),
  ];
}
