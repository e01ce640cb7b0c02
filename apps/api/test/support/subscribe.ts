/** A graphql-ws client with a session, as the console has one. */
import type { AddressInfo } from 'node:net';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestApp } from './app.js';

/** The address of the application, which starts to listen if it does not yet. */
export async function listening({ app }: TestApp): Promise<string> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  return `127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
}

export function websocketClient(address: string, headers: Record<string, string>): Client {
  class Socket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers });
    }
  }
  return createClient({ url: `ws://${address}/graphql`, webSocketImpl: Socket, retryAttempts: 0 });
}
