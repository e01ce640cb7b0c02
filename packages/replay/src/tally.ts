/** What a replay adds up to. */
import type { RecordedCall, RecordedRun } from './recording.js';
import type { Answer } from './wire.js';

export interface ToolTally {
  readonly tenant: string;
  readonly tool: string;
  calls: number;
  allowed: number;
  asked: number;
  denied: number;
}

/** Recorded writes that broke a written rule, and how many of them Reeve did not let through. */
export interface RuleTally {
  readonly tenant: string;
  readonly rule: string;
  broke: number;
  stopped: number;
}

export interface ReplayReport {
  readonly url: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly runs: number;
  readonly calls: number;
  readonly allowed: number;
  /** A person has to decide: neither allowed nor denied. */
  readonly asked: number;
  readonly denied: number;
  readonly outcomes: number;
  readonly deniedByReason: { readonly [reason: string]: number };
  readonly tools: readonly ToolTally[];
  readonly rules: readonly RuleTally[];
  /** Writes of runs that ended right, which broke no written rule. Denying one is a mistake of the policy. */
  readonly rightWrites: { readonly total: number; readonly asked: number; readonly denied: number };
  /** Which ones, if any. */
  readonly wronglyDenied: readonly {
    readonly run: string;
    readonly n: number;
    readonly tool: string;
    readonly reason: string;
  }[];
}

export class Tally {
  runs = 0;
  outcomes = 0;
  private readonly started = Date.now();
  private readonly tools = new Map<string, ToolTally>();
  private readonly rules = new Map<string, RuleTally>();
  private readonly reasons = new Map<string, number>();
  private readonly right = { total: 0, asked: 0, denied: 0 };
  private readonly wronglyDenied: { run: string; n: number; tool: string; reason: string }[] = [];

  count(run: RecordedRun, call: RecordedCall, { decision, context: { effect, reason } }: Answer): void {
    const verdict = decision ? 'allowed' : effect === 'deny' ? 'denied' : 'asked';
    const tool = entry(this.tools, `${run.domain} ${call.tool}`, () => ({
      tenant: run.domain,
      tool: call.tool,
      calls: 0,
      allowed: 0,
      asked: 0,
      denied: 0,
    }));
    tool.calls++;
    tool[verdict]++;
    if (verdict === 'denied') this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    for (const rule of call.fails ?? []) {
      const tally = entry(this.rules, `${run.domain} ${rule}`, () => ({
        tenant: run.domain,
        rule,
        broke: 0,
        stopped: 0,
      }));
      tally.broke++;
      if (!decision) tally.stopped++;
    }
    if (call.kind === 'write' && run.reward === 1 && call.fails?.length === 0) {
      this.right.total++;
      if (verdict !== 'allowed') this.right[verdict]++;
      if (verdict === 'denied') this.wronglyDenied.push({ run: run.run, n: call.n, tool: call.tool, reason });
    }
  }

  report(url: string): ReplayReport {
    const tools = [...this.tools.values()].toSorted(
      (a, b) => a.tenant.localeCompare(b.tenant) || b.calls - a.calls || a.tool.localeCompare(b.tool),
    );
    const sum = (of: 'calls' | 'allowed' | 'asked' | 'denied') =>
      tools.reduce((total, tool) => total + tool[of], 0);
    return {
      url,
      startedAt: new Date(this.started).toISOString(),
      seconds: (Date.now() - this.started) / 1000,
      runs: this.runs,
      calls: sum('calls'),
      allowed: sum('allowed'),
      asked: sum('asked'),
      denied: sum('denied'),
      outcomes: this.outcomes,
      deniedByReason: Object.fromEntries([...this.reasons].toSorted(([, a], [, b]) => b - a)),
      tools,
      rules: [...this.rules.values()].toSorted((a, b) => b.stopped - a.stopped || b.broke - a.broke),
      rightWrites: this.right,
      wronglyDenied: this.wronglyDenied,
    };
  }
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
