/** An agent's side of the wire: plain HTTP, as any enforcement point would speak it. */
import type { EvaluationAnswer } from '@reeve/policy';
import type { Api } from './world.js';

export interface Reply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export async function post<T>(
  api: Pick<Api, 'url'>,
  path: string,
  secret: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<T>> {
  const answer = await fetch(api.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: (text === '' ? null : JSON.parse(text)) as T,
  };
}

/** A call of `search` by mia through the desk, unless told otherwise. */
export interface About {
  readonly subject?: string;
  readonly tool?: string;
  readonly args?: unknown;
  readonly agent?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

export function question({
  subject = 'mia',
  tool = 'search',
  args = { q: 'shoes' },
  agent = 'desk',
  context = {},
}: About = {}) {
  return {
    subject: { type: 'user', id: subject },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: tool, properties: { arguments: args } },
    context: { agent, run_id: 'run-1', ...context },
  };
}

export const ask = (api: Api, secret: string, about: About = {}) =>
  post<EvaluationAnswer>(api, '/access/v1/evaluation', secret, question(about));

export async function graphql<T>(
  api: Api,
  secret: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const { body } = await post<{ data?: T; errors?: { message: string; extensions?: { code?: string } }[] }>(
    api,
    '/graphql',
    secret,
    { query, variables },
  );
  if (body.errors !== undefined || body.data === undefined)
    throw Object.assign(new Error(JSON.stringify(body)), { errors: body.errors });
  return body.data;
}
