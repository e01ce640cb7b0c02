// decide() without a network or a disk, beside the least that any answer costs: one look-up in a Map.
import { ownPackage } from './own-packages.mjs';
import { ASSISTANT } from './questions.mjs';
import { percentile } from './statistics.mjs';

const SECONDS = 2;
const SLICE = 1_000;

export async function inProcess(document, bodies) {
  const { compilePolicy, decideAndMove, StateMap, toRequest } = await ownPackage('policy');
  const policy = compilePolicy(document);
  const requests = bodies.map((body) => toRequest(JSON.parse(body), { keyAssistants: [ASSISTANT] }));
  const state = new StateMap();
  const now = Date.now();
  const facts = {
    id: 'bench',
    now,
    caller: { id: 'bench', assistants: [ASSISTANT] },
    subject: { roles: ['customer'], grants: {} },
    switches: [],
    policy,
    state,
  };
  const matrix = new Map(requests.map(({ subject, resource }) => [`${subject.id} ${resource.id}`, true]));
  const keys = [...matrix.keys()];

  const decided = (i) => {
    const { decision, moved } = decideAndMove(requests[i % requests.length], facts);
    state.take(moved);
    return decision.effect === 'allow';
  };
  const lookedUp = (i) => matrix.get(keys[i % keys.length]) === true;
  // Alternating halves, like the rounds over HTTP.
  const runs = { decide: [], map: [] };
  for (let half = 0; half < 2; half++) {
    runs.decide.push(timed(decided));
    runs.map.push(timed(lookedUp));
  }
  return Object.entries(runs).map(([target, [a, b]]) => ({
    bench: 'decisions-in-process',
    target,
    connections: 0,
    processes: 1,
    evaluationsPerSecond: Math.round((a.perSecond + b.perSecond) / 2),
    p50Ms: (a.p50Ms + b.p50Ms) / 2,
    p99Ms: Math.max(a.p99Ms, b.p99Ms),
  }));
}

/** A clock costs more than a look-up, so slices are timed; latencies are those of an average within a slice. */
function timed(answer) {
  for (let i = 0; i < 20_000; i++) answer(i);
  const slices = [];
  const began = performance.now();
  const end = began + (SECONDS * 1000) / 2;
  for (let i = 0; performance.now() < end;) {
    const from = performance.now();
    for (let n = 0; n < SLICE; n++) if (!answer(i++)) throw new Error('the bench is denied in process');
    slices.push((performance.now() - from) / SLICE);
  }
  const perSecond = (slices.length * SLICE * 1000) / (performance.now() - began);
  slices.sort((a, b) => a - b);
  return { perSecond, p50Ms: percentile(slices, 0.5), p99Ms: percentile(slices, 0.99) };
}
