/**
 * The acts a websocket may do before a resolver is asked: say within 5 s that it is there, once, and hold a few
 * subscriptions. graphql-transport-ws has a close code for what breaks its rules, and a socket that does is closed.
 */
import type { RawData, WebSocket } from 'ws';

/** Live subscriptions of one socket. */
export const SUBSCRIPTIONS_MAX = 20;
/** No subscription of ours is longer. */
export const FRAME_BYTES_MAX = 65_536;
/** The one protocol that is spoken; mercurius would take an older one too. */
export const PROTOCOL = 'graphql-transport-ws';

/** Emitted by a socket that has broken a rule, before it is closed. */
export const RULE_BROKEN = Symbol('a rule of the protocol was broken');

const WAIT_MS = 5_000;
/** For the reason of a close to arrive. */
const GOODBYE_MS = 1_000;
const BAD_REQUEST = [4400, 'A subscription has an id and a query'] as const;
const LATE = [4408, 'Connection initialisation timeout'] as const;
const SAME_ID = [4409, 'There is a subscription with this id'] as const;
const TWICE = [4429, 'Too many initialisation requests'] as const;
const TOO_MANY = [4429, `At most ${SUBSCRIPTIONS_MAX} subscriptions a socket`] as const;

export function boundSocket(socket: WebSocket): void {
  const live = new Set<string>();
  const close = (code: number, reason: string) => {
    socket.emit(RULE_BROKEN);
    closeUnheard(socket, code, reason);
  };
  const late = setTimeout(() => closeUnheard(socket, ...LATE), WAIT_MS);
  let initialised = false;
  const heard = ({ type, id, payload }: Message): void => {
    if (type === 'connection_init') {
      if (initialised) return close(...TWICE);
      initialised = true;
      clearTimeout(late);
    } else if (type === 'complete') live.delete(String(id));
    else if (type === 'subscribe') {
      // Mercurius would run a document that is no text without parsing it.
      if (typeof id !== 'string' || typeof payload?.query !== 'string') return close(...BAD_REQUEST);
      if (live.has(id)) return close(...SAME_ID);
      live.add(id);
      if (live.size > SUBSCRIPTIONS_MAX) close(...TOO_MANY);
    }
  };
  // ws gives a Buffer unless it is asked for something else.
  socket.on('message', (data: RawData) => heard(read((data as Buffer).toString())));
  socket.on('close', () => clearTimeout(late));
  onSend(socket, (text) => {
    if (ENDS.test(text)) live.delete(String(read(text).id));
  });
}

/** Closes it. Whatever else it has sent or sends is not read any more: a flood would be read frame by frame. */
export function closeUnheard(socket: WebSocket, code: number, reason: string): void {
  socket.removeAllListeners('message');
  socket.pause();
  socket.close(code, reason);
  // Its own goodbye is not read either.
  setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
}

interface Message {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly payload?: { readonly query?: unknown } | null;
}

/** Messages that the server sends last of a subscription. */
const ENDS = /^\{"type":"(complete|error)"/;

/** {} for what is no message: mercurius answers it. */
function read(text: string): Message {
  try {
    return (JSON.parse(text) as Message | null) ?? {};
  } catch {
    return {};
  }
}

function onSend(socket: WebSocket, sent: (text: string) => void): void {
  const send = socket.send.bind(socket) as (...args: unknown[]) => void;
  socket.send = (...args: unknown[]) => {
    if (typeof args[0] === 'string') sent(args[0]);
    send(...args);
  };
}
