/**
 * What the recorded customers never do, so that a demo shows it: a member of staff whose cell says Ask, one whose cell
 * says Deny, and a stop that was engaged and lifted. Through the public API, with the demo's own keys.
 */
import { DEMO_TENANTS, readRecording, type DemoCredentials, type DemoTenant } from '@reeve/db/seed';
import { PdpError } from './pdp.js';
import type { Answer } from './wire.js';

const BIND = `mutation ($tenant: String!, $type: String!, $id: String!, $roles: [String!]!) {
  bindSubject(tenant: $tenant, type: $type, id: $id, roles: $roles, expectedVersion: 0,
    reason: "Staff of the demo, to show what is asked and denied") { id } }`;
const STOP = `mutation ($tenant: String!, $tool: String!) {
  engageKillSwitch(tenant: $tenant, scope: tool, target: $tool, mode: stopped,
    reason: "Drill: how fast does a stop take effect?") { id version } }`;
const LIFT = `mutation ($tenant: String!, $tool: String!, $id: ID!, $version: Int!) {
  liftKillSwitch(tenant: $tenant, id: $id, expectedVersion: $version, confirm: $tool,
    reason: "The drill is over: it held at once") { id } }`;

export async function playScenes(url: string, credentials: DemoCredentials): Promise<void> {
  for (const tenant of DEMO_TENANTS) await scenesOf(url, tenant, credentials);
}

async function scenesOf(url: string, tenant: DemoTenant, credentials: DemoCredentials): Promise<void> {
  const { agentApiKey, managementApiKey } = credentials.tenants[tenant.slug] ?? {};
  if (!agentApiKey || !managementApiKey)
    throw new PdpError(`the credentials hold no keys of the tenant ${tenant.slug}`);
  const change = <T>(query: string, variables: object) =>
    graphql<T>(url, managementApiKey, query, { tenant: tenant.slug, ...variables });
  const ask = (id: string, tool: string, args: unknown) =>
    evaluate(url, agentApiKey, {
      subject: { type: 'staff', id },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: tool, properties: { arguments: args } },
      context: { agent: tenant.assistant, run_id: `drill/${tenant.slug}/${id}`, channel: 'interactive' },
    });

  let asked: { readonly id: string; readonly tool: string; readonly args: unknown } | undefined;
  for (const effect of ['approve', 'deny'] as const)
    for (const { role, tool, args } of triesOf(tenant, effect)) {
      const id = `${role}@${tenant.slug}.example`;
      await change(BIND, { type: 'staff', id, roles: [role] }).catch(unlessBound);
      const { context } = await ask(id, tool, args);
      if (context.effect !== effect) continue;
      asked ??= { id, tool, args };
      break;
    }
  if (asked === undefined) return;
  const { tool } = asked;
  const stop = await change<{ engageKillSwitch: { id: string; version: number } }>(STOP, { tool });
  await ask(asked.id, tool, asked.args);
  await change(LIFT, { tool, ...stop.engageKillSwitch });
}

/** Cells with this effect, each with the arguments of a recorded call of its tool. */
function triesOf({ slug, policy }: DemoTenant, effect: 'approve' | 'deny') {
  const calls = readRecording()
    .filter(({ domain }) => domain === slug)
    .flatMap((run) => run.calls);
  return policy.cells.flatMap((cell) => {
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
