/** Rows of the plans against a running PDP, over HTTP. */
import { discoveryProblem } from './discovery.js';
export { setUpFixture } from './set-up.js';
import { loadDiscovery, loadModules, type Discovery, type Module, type Want } from './modules.js';

export interface Pdp {
  readonly url: string;
  readonly key: string;
}

/** `waits`: for what this PDP does not have yet. */
export interface Row {
  readonly plan: string;
  readonly module: string;
  readonly title: string;
  readonly verdict: 'passed' | 'failed' | 'waits';
  /** The difference between what was expected and what came, or what the row waits for. */
  readonly why?: string;
  readonly contradicts?: string;
}

/** Every row, in the order of the plans. */
export async function runPlans(directory: string, pdp: Pdp): Promise<Row[]> {
  const metadata = (await (await fetch(`${pdp.url}/.well-known/authzen-configuration`)).json()) as object;
  const endpoints = new Set(Object.values(metadata));
  const rows: Row[] = [];
  for (const one of loadDiscovery(directory)) rows.push(await discovery(one, pdp));
  for (const one of loadModules(directory)) {
    const { path: plan, module, title, contradicts } = one;
    const row = { plan, module, title, ...(contradicts === undefined ? {} : { contradicts }) };
    const waits = endpoints.has(pdp.url + one.path) ? null : 'needs this endpoint';
    rows.push(
      waits === null
        ? { ...row, ...verdictOf(await problem(one, pdp)) }
        : { ...row, verdict: 'waits', why: waits },
    );
  }
  return rows;
}

async function discovery({ module, title, path, want }: Discovery, pdp: Pdp): Promise<Row> {
  return { plan: 'metadata', module, title, ...verdictOf(await discoveryProblem(pdp.url, path, want)) };
}

const verdictOf = (why: string | null) =>
  why === null ? ({ verdict: 'passed' } as const) : ({ verdict: 'failed', why } as const);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function problem(module: Module, pdp: Pdp): Promise<string | null> {
  for (let i = 0; i < (module.repeat ?? 1); i++) {
    const wrong = await once(module, pdp);
    if (wrong !== null) return wrong;
  }
  return null;
}

async function once(module: Module, pdp: Pdp): Promise<string | null> {
  const id = `conformance ${module.module}`;
  const first = await send(module, pdp, module.request, id);
  if (module.requestId === true && first.headers.get('x-request-id') !== id)
    return `X-Request-ID came back as ${first.headers.get('x-request-id')}`;
  const wrong = mismatch(module.want, first);
  if (wrong !== null || module.want.results === undefined) return wrong;
  const results = module.pages === true ? await allPages(module, pdp, first) : resultsOf(first.body);
  const missing = module.want.results.find((one) => !results.some((found) => sameEntity(found, one)));
  return missing === undefined ? null : `${JSON.stringify(missing)} is not among the results`;
}

async function send(
  { method = 'POST', ...module }: Module,
  pdp: Pdp,
  request: unknown,
  id: string,
): Promise<Answer> {
  const { credentials, contentType = 'application/json', requestId, raw } = module;
  const bearer = credentials === 'wrong' ? `${pdp.key}x` : pdp.key;
  const answer = await fetch(pdp.url + module.path, {
    method,
    headers: {
      'content-type': contentType,
      ...(credentials === 'none' ? {} : { authorization: `Bearer ${bearer}` }),
      ...(requestId === true ? { 'x-request-id': id } : {}),
    },
    ...(method === 'GET' ? {} : { body: raw ?? JSON.stringify(request) }),
  });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json') ?? false;
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}

function mismatch(want: Want, { status, headers, body }: Answer): string | null {
  if (!want.status.includes(status)) return `answered ${status}, not ${want.status.join(' or ')}`;
  const absent = want.headers?.find((name) => !headers.has(name));
  if (absent !== undefined) return `answered without ${absent}`;
  if (status !== 200) return null;
  if (!/^application\/json(;|$)/.test(headers.get('content-type') ?? ''))
    return 'the answer is not application/json';
  const { decision, evaluations } = body as { decision?: unknown; evaluations?: { decision: unknown }[] };
  if (want.decision !== undefined && (decision !== want.decision || evaluations !== undefined))
    return `decided ${JSON.stringify(decision)}${evaluations === undefined ? '' : ' beside evaluations'}, not ${want.decision}`;
  const decisions = JSON.stringify(evaluations?.map((one) => one.decision));
  if (
    want.decisions !== undefined &&
    (decisions !== JSON.stringify(want.decisions) || decision !== undefined)
  )
    return `decided ${decisions}, not ${JSON.stringify(want.decisions)}`;
  if (want.results !== undefined && !Array.isArray((body as { results?: unknown }).results))
    return 'has no results';
  return null;
}

const PAGES_MAX = 100;

/** The results of all pages: the token of each leads to the next, everything else stays the same. */
async function allPages(module: Module, pdp: Pdp, first: Answer): Promise<unknown[]> {
  const results = [...resultsOf(first.body)];
  let token = tokenOf(first.body);
  for (let page = 1; token !== '' && page < PAGES_MAX; page++) {
    const request = module.request as { page?: object };
    const answer = await send(module, pdp, { ...request, page: { ...request.page, token } }, '');
    results.push(...resultsOf(answer.body));
    token = tokenOf(answer.body);
  }
  return results;
}

const resultsOf = (body: unknown): readonly unknown[] => (body as { results?: unknown[] }).results ?? [];
const tokenOf = (body: unknown): string =>
  (body as { page?: { next_token?: string } }).page?.next_token ?? '';

/** Equality by what identifies an entity; a result may say more of it. */
function sameEntity(found: unknown, wanted: unknown): boolean {
  const other = found as Record<string, unknown>;
  return Object.entries(wanted as object).every(([name, value]) => other[name] === value);
}
