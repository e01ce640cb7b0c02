import type { ConnectionKey } from './connections.repository.js';

/** A secret opens for the connection it was given to. */
export const secretContext = ({ tenantId, id }: ConnectionKey): string => `langfuse/${tenantId}/${id}`;
