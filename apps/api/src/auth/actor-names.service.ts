/** Names for the ids that records and rows keep: members of these tenants and of the platform, API keys, the system. An id nobody has any more stays an id. */
import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../ledger/actor.js';
import { ActorNamesRepository } from './actor-names.repository.js';

export type NameOf = (id: string) => string;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

@Injectable()
export class ActorNames {
  constructor(private readonly names: ActorNamesRepository) {}

  async of(tenantIds: readonly string[], ids: Iterable<string | null | undefined>): Promise<NameOf> {
    const wanted = new Set<string>();
    for (const id of ids) if (id != null && UUID.test(id)) wanted.add(id);
    const found = wanted.size === 0 ? new Map<string, string>() : await this.names.of(tenantIds, [...wanted]);
    return (id) => (id === SYSTEM.id ? SYSTEM.name : (found.get(id) ?? id));
  }
}
