/** Who opens a websocket and never says who they are keeps a connection for nothing. */
import type { RawData, WebSocket } from 'ws';

const WAIT_MS = 5_000;
/** Of graphql-transport-ws: "Connection initialisation timeout". */
const NOT_INITIALISED = 4408;

export function closeUninitialised(socket: WebSocket): void {
  const late = setTimeout(() => socket.close(NOT_INITIALISED, 'Connection initialisation timeout'), WAIT_MS);
  const listen = (message: RawData) => {
    if (!isInit(message)) return;
    clearTimeout(late);
    socket.off('message', listen);
  };
  socket.on('message', listen);
  socket.on('close', () => clearTimeout(late));
}

function isInit(message: RawData): boolean {
  try {
    // ws gives a Buffer unless it is asked for something else.
    const { type } = JSON.parse((message as Buffer).toString()) as { type?: unknown };
    return type === 'connection_init';
  } catch {
    return false;
  }
}
