/** Plays recorded runs: several beside each other, each in its own order. */
import { readRecording, type RecordedCall, type RecordedRun } from './recording.js';
import { gapMs, wait } from './pace.js';
import { Pdp } from './pdp.js';
import { Tally, type ReplayReport } from './tally.js';
import { traceOf, type Traces } from './traces.js';
import { outcome, question } from './wire.js';

export interface ReplayProgress {
  readonly calls: number;
  readonly ofCalls: number;
  readonly allowed: number;
}

export interface ReplayOptions {
  /** Where Reeve listens, e.g. http://127.0.0.1:4600 */
  readonly url: string;
  readonly credentials: {
    readonly tenants: {
      readonly [slug: string]: { readonly assistant: string; readonly agentApiKey: string | null };
    };
  };
  readonly recording?: readonly RecordedRun[];
  /** Sent as each run that has one ends; the agent's key needs the scope `telemetry`. */
  readonly traces?: Traces;
  /** Slugs; all when absent. */
  readonly tenants?: readonly string[];
  /** 1: the recorded pace, 60: a minute a second; absent: as fast as Reeve answers. */
  readonly speed?: number;
  /** So long before each message instead, e.g. 3000. */
  readonly gapMs?: number;
  /** Runs beside each other. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Called before the first question of each run. */
  readonly onRun?: (run: RecordedRun) => Promise<void> | void;
  readonly signal?: AbortSignal;
}

/** Rejects with a PdpError when Reeve does not answer; what was answered until then is recorded there. */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { url, tenants, concurrency = 16, onProgress, onRun } = options;
  const runs = (options.recording ?? readRecording()).filter(
    ({ domain }) => tenants?.includes(domain) ?? true,
  );
  const ofCalls = runs.reduce((sum, run) => sum + run.calls.length, 0);
  const tally = new Tally();
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const agents = agentsOf(options, runs, signal);
  let calls = 0;
  let allowed = 0;

  const queue = runs.values();
  const worker = async (): Promise<void> => {
    for (const run of queue) {
      signal.throwIfAborted();
      await onRun?.(run);
      await play(run, agents.get(run.domain)!, { ...options, signal }, tally, (answered, allowedOfThem) => {
        calls += answered;
        allowed += allowedOfThem;
        onProgress?.({ calls, ofCalls, allowed });
      });
      tally.runs++;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  } catch (error) {
    failed.abort(); // the first failure ends every run
    throw error;
  }
  return tally.report(url);
}

interface Agent {
  readonly assistant: string;
  readonly pdp: Pdp;
}

function agentsOf({ url, credentials }: ReplayOptions, runs: readonly RecordedRun[], signal: AbortSignal) {
  const agents = new Map<string, Agent>();
  for (const slug of new Set(runs.map(({ domain }) => domain))) {
    const tenant = credentials.tenants[slug];
    if (!tenant?.agentApiKey) throw new Error(`the credentials hold no agent key for the tenant ${slug}`);
    agents.set(slug, { assistant: tenant.assistant, pdp: new Pdp(url, tenant.agentApiKey, signal) });
  }
  return agents;
}

async function play(
  run: RecordedRun,
  { assistant, pdp }: Agent,
  { speed, gapMs: gap, signal, traces }: ReplayOptions,
  tally: Tally,
  answered: (calls: number, allowed: number) => void,
): Promise<void> {
  let read: RecordedCall[] = [];
  let before: RecordedCall | undefined;
  for (const message of messagesOf(run)) {
    if (gap === undefined) await wait(gapMs(before, message[0]), speed, signal);
    else await wait(gap * message.length, 1, signal);
    const answers = await pdp.evaluate(message.map((call) => question(run, call, assistant, read)));
    message.forEach((call, i) => tally.count(run, call, answers[i]!));
    read = message.filter((_, i) => answers[i]!.decision);
    await Promise.all(
      message.map(async (call, i) => {
        const { decision, context } = answers[i]!;
        if (!decision) return;
        await pdp.account(outcome(run, call, context.evaluation_id));
        tally.outcomes++;
      }),
    );
    answered(message.length, read.length);
    before = message[0];
  }
  const trace = traces?.get(run.recorded ?? run.run);
  if (trace !== undefined) await pdp.trace(traceOf(trace, run, assistant, Date.now()));
}

/** Calls that the model made together. */
function messagesOf({ calls }: RecordedRun): RecordedCall[][] {
  const messages: RecordedCall[][] = [];
  for (const call of calls) {
    const last = messages.at(-1);
    if (last?.[0]?.step === call.step) last.push(call);
    else messages.push([call]);
  }
  return messages;
}
