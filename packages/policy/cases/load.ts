/**
 * Golden decision tables. `fixture.yaml` holds one tenant; every other file here is a list of cases:
 *
 *   - description: a sentence that is the guarantee
 *     request:  an AuthZEN evaluation body, merged over the fixture's (lists and `arguments` replace)
 *     key:      the assistants the API key may speak for; [] is any
 *     subject:  { roles, grants } as bound in the tenant; null: unknown
 *     switches: [{ scope, target, mode }] in force
 *     spent:    { <quota key>: [[secondsAgo, count], …] }
 *     now:      the instant of the decision
 *     want:     { effect, reason } and, if it matters, detail (a subset), mode, stage (the one that objected)
 *
 * `outcomes/` holds accounts, each of a question that the usual subject asks: `request` as above, `report` as it is sent
 * without `evaluation_id`, and what is wanted of the decision (`effect`) and of the account.
 *
 * Nothing here is about functions, so the same files run against `decide()` and `account()` and over HTTP; a runner that
 * cannot set the clock leaves out the cases that say `now` or `spent`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  parsePolicy,
  type Account,
  type Effect,
  type EvaluationBody,
  type Json,
  type JsonObject,
  type KillSwitch,
  type Mode,
  type PolicyDocument,
  type Reason,
  type Report,
  type SubjectFacts,
} from '../src/index.js';

export interface Case {
  readonly file: string;
  readonly description: string;
  readonly request: EvaluationBody;
  readonly key: readonly string[];
  readonly subject: SubjectFacts | null;
  /** Properties of the resource, where the tenant has registered it. */
  readonly registered: JsonObject | null;
  readonly switches: readonly KillSwitch[];
  readonly spent: { readonly [key: string]: readonly (readonly [secondsAgo: number, count: number])[] };
  /** Epoch milliseconds. */
  readonly now: number;
  /** The members the case itself sets. */
  readonly sets: readonly string[];
  readonly want: {
    readonly effect: Effect;
    readonly reason: Reason;
    readonly detail?: { readonly [member: string]: Json };
    readonly mode?: Mode;
    readonly stage?: string;
  };
}

export interface OutcomeCase {
  readonly description: string;
  readonly request: EvaluationBody;
  readonly key: readonly string[];
  readonly subject: SubjectFacts;
  readonly report: Report;
  readonly want: { readonly effect: Effect } & Pick<Account, 'argumentsMatch' | 'ungoverned' | 'finding'>;
}

interface Written
  extends
    Partial<Pick<Case, 'request' | 'key' | 'spent' | 'registered'>>,
    Pick<Case, 'description' | 'want'> {
  readonly subject?: Partial<SubjectFacts> | null;
  readonly switches?: readonly (Partial<KillSwitch> & Pick<KillSwitch, 'scope' | 'mode'>)[];
  readonly now?: string;
}

const here = new URL('./', import.meta.url);
const read = (file: string): unknown => parse(readFileSync(new URL(file, here), 'utf8'));

interface Fixture {
  readonly policy: unknown;
  readonly defaults: Required<Pick<Case, 'request' | 'key' | 'subject' | 'spent'>> & { readonly now: string };
}

export function loadPolicy(): PolicyDocument {
  const parsed = parsePolicy((read('fixture.yaml') as Fixture).policy);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.document;
}

export function loadCases(): Case[] {
  const { defaults } = read('fixture.yaml') as Fixture;
  const files = readdirSync(here).filter((file) => file.endsWith('.yaml') && file !== 'fixture.yaml');
  return files.toSorted().flatMap((file) =>
    (read(file) as Written[]).map((written): Case => {
      const { description, want, request = {}, key = defaults.key, switches = [], spent = {}, now } = written;
      const { registered = null } = written;
      const subject = written.subject === undefined ? defaults.subject : written.subject;
      return {
        file,
        description,
        want,
        key,
        spent,
        registered,
        request: merged(defaults.request, request) as EvaluationBody,
        subject: subject && { roles: [], grants: {}, ...subject },
        switches: switches.map((one, i) => ({ id: `switch-${i + 1}`, target: '', reason: 'drill', ...one })),
        now: Date.parse(now ?? defaults.now),
        sets: Object.keys(written),
      };
    }),
  );
}

export function loadOutcomeCases(): OutcomeCase[] {
  const { defaults } = read('fixture.yaml') as Fixture;
  const { key, subject } = defaults;
  return (read('outcomes/account.yaml') as (OutcomeCase & { request?: unknown })[]).map((written) => ({
    ...written,
    key,
    subject: { roles: [], grants: {}, ...subject },
    request: merged(defaults.request, written.request ?? {}) as EvaluationBody,
  }));
}

/** Objects merge, except tool arguments; null removes a member; everything else replaces. */
function merged(base: unknown, over: unknown, name = ''): unknown {
  if (!isObject(base) || !isObject(over) || name === 'arguments') return over;
  const members = Object.entries(over).map(([member, value]) => [
    member,
    merged(base[member], value, member),
  ]);
  const all = { ...base, ...(Object.fromEntries(members) as object) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
