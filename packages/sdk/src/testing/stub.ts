/** Something that listens where Reeve should, and answers as it is told. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Stub {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: {
    readonly path: string;
    readonly body: string;
    readonly authorization: string | undefined;
  }[];
  connections(): number;
  /** What the next requests get; the last one stands for all after it. */
  answers(...next: readonly Behaviour[]): void;
  close(): Promise<void>;
}
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (_, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

export const never: Behaviour = () => undefined;
export const cut: Behaviour = (request) => void request.socket.destroy();

export const ALLOWED = {
  decision: true,
  context: { evaluation_id: '018f3c1e-7b2a-7c3d-8e4f-0123456789ab', effect: 'allow', reason: 'allowed' },
};
export const DENIED = {
  decision: false,
  context: {
    evaluation_id: '018f3c1e-7b2a-7c3d-8e4f-0123456789ac',
    effect: 'deny',
    reason: 'no_permission',
    reason_user: 'Not permitted.',
  },
};

export async function startStub(): Promise<Stub> {
  const asked: Stub['asked'] = [];
  let behaviours: Behaviour[] = [json(200, ALLOWED)];
  let connections = 0;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      asked.push({ path: request.url!, body, authorization: request.headers.authorization });
      const [behaviour] = behaviours.length > 1 ? behaviours.splice(0, 1) : behaviours;
      behaviour!(request, response);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    connections: () => connections,
    answers: (...next) => void (behaviours = [...next]),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
