/**
 * Credentials of who is at the administration API. Each kind has a room of its own that knows how (`sign-in/`,
 * `api-keys/`) and gives itself under one of these; this room knows neither.
 */
import type { FastifyRequest } from 'fastify';
import type { AdminActor } from './admin-actor.js';

/** The headers and cookies in which a request, or a websocket as it opens, says who it is. */
export type Credentials = Pick<FastifyRequest, 'headers' | 'cookies'>;

/** Sessions of people, by the cookie of a request. */
export abstract class MemberSessions {
  /** The cookie's word, whatever it is worth. */
  abstract tokenOf(request: Credentials): string | undefined;

  /** null: nobody is wholly signed in. */
  abstract personBehind(request: Credentials): Promise<AdminActor | null>;

  /** The same person as they are now; null once their session is over. */
  abstract refresh(actor: AdminActor): Promise<AdminActor | null>;
}

/** Management keys of automation, by the bearer of a request. */
export abstract class ManagementKeys {
  /** Throws `unauthenticated`. */
  abstract authenticateManagement(bearer: string): Promise<AdminActor>;

  /** The same automation as it is now; null once its key is worth nothing. */
  abstract refresh(actor: AdminActor): Promise<AdminActor | null>;
}
