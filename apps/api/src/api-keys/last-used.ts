/**
 * The time a key was last seen: written beside the request, at most every ten seconds a key. Losing one write loses
 * nothing. Each brings back what the key may send, whoever has changed it.
 */
import { Injectable, Logger } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository.js';
import { KeyRates } from './key-rates.service.js';

const EVERY_MS = 10_000;
const KEYS_MAX = 10_000;

@Injectable()
export class LastUsed {
  private readonly written = new Map<string, number>();
  private readonly log = new Logger(LastUsed.name);

  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly rates: KeyRates,
  ) {}

  note(tenantId: string, keyId: string): void {
    const now = Date.now();
    if (now - (this.written.get(keyId) ?? 0) < EVERY_MS) return;
    if (this.written.size >= KEYS_MAX) this.written.clear();
    this.written.set(keyId, now);
    void this.write(tenantId, keyId, new Date(now));
  }

  private async write(tenantId: string, keyId: string, now: Date): Promise<void> {
    try {
      const limits = await this.apiKeys.markUsed(tenantId, keyId, now);
      if (limits !== null) this.rates.set(keyId, limits);
    } catch (error) {
      this.log.warn(`could not note the use of a key: ${String(error)}`);
    }
  }
}
