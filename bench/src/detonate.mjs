// One bomb against a running Reeve: published through the public API, asked as an agent asks, while somebody else waits
// for an answer that costs nothing. What that one waited is how long the process was held.
import { setTimeout as sleep } from 'node:timers/promises';

const TOOL = 'bomb';
/** Between two looks at /healthz. */
const LOOK_EVERY_MS = 5;

/**
 * @typedef {object} Target
 * @property {string} url
 * @property {string} tenant
 * @property {Record<string, string>} admin headers of somebody who may publish
 * @property {Record<string, string>} agent headers of an agent
 * @property {{ type: string, id: string }} subject bound to the role `role`
 * @property {string} role
 * @property {string} assistant
 */

/**
 * @param {Target} target
 * @param {import('./bombs.mjs').Bomb} bomb
 * @param {number} size
 */
export async function detonate(target, bomb, size) {
  const watch = watched(target.url);
  try {
    const published = await timed(() => publish(target, bomb, size));
    if (published.answer !== null) return result(bomb, size, 'publish', published, await watch.end());
    const asked = await timed(() => ask(target, bomb.args?.(size) ?? {}));
    return result(bomb, size, 'ask', asked, await watch.end());
  } finally {
    await watch.end();
  }
}

/** `said` is why not: a refusal with its status, or the reason of a denial. `heldMs`: the longest anybody waited. */
const result = (bomb, size, at, { answer, ms }, heldMs) => ({
  bomb: bomb.name,
  size,
  at,
  ...answer,
  ms,
  heldMs,
});

async function timed(work) {
  const began = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - began };
}

/** What each target was told to publish last: a bomb whose arguments alone grow is published once. */
const current = new WeakMap();

/** null: it was taken. Else a 4xx, with the sentence that says why. */
async function publish(target, bomb, size) {
  const { role, assistant } = target;
  const edits = [
    {
      kind: 'tool',
      name: TOOL,
      value: { class: 'write', justification: 'A bomb of the bench.', schema: bomb.schema?.(size) ?? {} },
    },
    { kind: 'role', name: role, value: {} },
    { kind: 'assistant', name: assistant, value: { tools: [TOOL] } },
    {
      kind: 'cell',
      role,
      tool: TOOL,
      value: { effect: 'allow', ...(bomb.when && { when: bomb.when(size) }) },
    },
  ];
  const text = JSON.stringify(edits);
  if (current.get(target) === text) return null;
  const { policy } = await graphql(
    target,
    'query ($tenant: String!) { policy(tenant: $tenant) { revision } }',
    {},
  );
  const { errors } = await request(target, {
    query: `mutation ($tenant: String!, $edits: [JSON!]!, $revision: Int!) {
      publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $revision, reason: "a bomb of the bench") { revision } }`,
    variables: { tenant: target.tenant, edits, revision: policy.revision },
  });
  if (errors === undefined) {
    current.set(target, text);
    return null;
  }
  const [{ message, extensions }] = errors;
  return { code: extensions?.code ?? 'none', said: message };
}

/** null would be an allow. */
async function ask({ url, agent, subject, assistant }, args) {
  const response = await fetch(`${url}/access/v1/evaluation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...agent },
    body: JSON.stringify({
      subject,
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: TOOL, properties: { arguments: args } },
      context: { agent: assistant, run_id: 'bomb', thread_id: 'bomb', channel: 'interactive' },
    }),
  });
  const body = await response.json();
  if (response.status !== 200) return { code: `HTTP ${response.status}`, said: body.detail ?? body.title };
  return {
    code: body.decision === true ? 'allow' : 'deny',
    said: JSON.stringify(body.context.detail ?? body.context.reason),
  };
}

async function graphql(target, query, variables) {
  const { data, errors } = await request(target, {
    query,
    variables: { tenant: target.tenant, ...variables },
  });
  if (errors !== undefined) throw new Error(`GraphQL: ${JSON.stringify(errors).slice(0, 300)}`);
  return data;
}

async function request({ url, admin }, body) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...admin },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.headers.get('content-type')?.includes('json'))
    return { errors: [{ message: text.slice(0, 200), extensions: { code: `HTTP ${response.status}` } }] };
  const { data, errors, detail, title } = JSON.parse(text);
  if (data === undefined && errors === undefined)
    return { errors: [{ message: detail ?? title, extensions: { code: `HTTP ${response.status}` } }] };
  return { data, errors };
}

/** Asks for /healthz one after the other, and keeps the longest wait. */
function watched(url) {
  let longest = 0;
  let over = false;
  const looking = (async () => {
    while (!over) {
      const began = performance.now();
      const response = await fetch(`${url}/healthz`);
      await response.arrayBuffer();
      longest = Math.max(longest, performance.now() - began);
      await sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    async end() {
      over = true;
      await looking;
      return longest;
    },
  };
}
