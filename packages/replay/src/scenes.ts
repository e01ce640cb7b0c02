/**
 * What the recorded customers never do, so that a demo shows it: a member of staff whose cell says Ask, one whose cell
 * says Deny, and a stop that was engaged and lifted. Through the public API, with the demo's own keys.
 */
import type { DemoKeys } from './demo-keys.js';
import { PdpError } from './pdp.js';
import { readRecording, type RecordedCall } from './recording.js';
import type { Answer } from './wire.js';

const CELLS = `query ($tenant: String!) { policy(tenant: $tenant) { cells { role tool effect } } }`;
const BIND = `mutation ($tenant: String!, $type: String!, $id: String!, $roles: [String!]!) {
  bindSubject(tenant: $tenant, type: $type, id: $id, roles: $roles, expectedVersion: 0,
    reason: "Staff of the demo, to show what is asked and denied") { id } }`;
const STOP = `mutation ($tenant: String!, $tool: String!) {
  engageKillSwitch(tenant: $tenant, scope: tool, target: $tool, mode: stopped,
    reason: "Drill: how fast does a stop take effect?") { id version } }`;
const LIFT = `mutation ($tenant: String!, $tool: String!, $id: ID!, $version: Int!) {
  liftKillSwitch(tenant: $tenant, id: $id, expectedVersion: $version, confirm: $tool,
    reason: "The drill is over: it held at once") { id } }`;

interface Cell {
  readonly role: string;
  readonly tool: string;
  readonly effect: string;
}

export async function playScenes(url: string, { tenants }: DemoKeys): Promise<void> {
  const recording = readRecording();
  for (const [tenant, keys] of Object.entries(tenants)) {
    const runs = recording.filter(({ domain }) => domain === tenant);
    await scenesOf(
      url,
      tenant,
      keys,
      runs.flatMap(({ calls }) => calls),
    );
  }
}

async function scenesOf(
  url: string,
  tenant: string,
  { assistant, agentApiKey, managementApiKey }: DemoKeys['tenants'][string],
  calls: readonly RecordedCall[],
): Promise<void> {
  if (!agentApiKey || !managementApiKey)
    throw new PdpError(`the credentials hold no keys of the tenant ${tenant}`);
  const graph = <T>(query: string, variables: object) =>
    graphql<T>(url, managementApiKey, query, { tenant, ...variables });
  const ask = (id: string, tool: string, args: unknown) =>
    evaluate(url, agentApiKey, {
      subject: { type: 'staff', id },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: tool, properties: { arguments: args } },
      context: { agent: assistant, run_id: `drill/${tenant}/${id}`, channel: 'interactive' },
    });

  const { cells } = (await graph<{ policy: { cells: Cell[] } }>(CELLS, {})).policy;
  let asked: { readonly id: string; readonly tool: string; readonly args: unknown } | undefined;
  for (const effect of ['approve', 'deny'] as const)
    for (const { role, tool, args } of triesOf(cells, calls, effect)) {
      const id = `${role}@${tenant}.example`;
      await graph(BIND, { type: 'staff', id, roles: [role] }).catch(unlessBound);
      const { context } = await ask(id, tool, args);
      if (context.effect !== effect) continue;
      asked ??= { id, tool, args };
      break;
    }
  if (asked === undefined) return;
  const { tool } = asked;
  const stop = await graph<{ engageKillSwitch: { id: string; version: number } }>(STOP, { tool });
  await ask(asked.id, tool, asked.args);
  await graph(LIFT, { tool, ...stop.engageKillSwitch });
}

/** Cells with this effect, each with the arguments of a recorded call of its tool. */
function triesOf(cells: readonly Cell[], calls: readonly RecordedCall[], effect: 'approve' | 'deny') {
  return cells.flatMap((cell) => {
    const call = calls.find((each) => each.tool === cell.tool && !each.failed);
    return cell.effect === effect && call !== undefined
      ? [{ role: cell.role, tool: cell.tool, args: call.args }]
      : [];
  });
}

function unlessBound(error: unknown): void {
  if (!(error instanceof PdpError && error.message.includes('CONFLICT'))) throw error;
}

async function evaluate(url: string, key: string, question: object): Promise<Answer> {
  return (await post(url, '/access/v1/evaluation', key, question)) as Answer;
}

async function graphql<T>(url: string, key: string, query: string, variables: object): Promise<T> {
  const { data, errors } = (await post(url, '/graphql', key, { query, variables })) as {
    data?: T;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  if (errors !== undefined || data === undefined)
    throw new PdpError(`${errors?.[0]?.extensions?.code ?? 'no data'}: ${errors?.[0]?.message ?? ''}`);
  return data;
}

async function post(url: string, path: string, key: string, body: object): Promise<unknown> {
  const answer = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return answer.json();
}
