/**
 * The last record of each tenant that this process has had committed and answered. A database that does not have it any
 * more (a standby without it was promoted, a backup was put back) has lost what somebody was told.
 */
import { Injectable } from '@nestjs/common';

export interface AnsweredHead {
  readonly tenantId: string;
  readonly seq: number;
  readonly hash: string;
}

@Injectable()
export class AnsweredHeads {
  private answered = new Map<string, AnsweredHead>();

  note({ tenantId, seq, hash }: AnsweredHead): void {
    this.answered.set(tenantId, { tenantId, seq, hash });
  }

  /** Those noted since they were last taken. */
  take(): AnsweredHead[] {
    const taken = [...this.answered.values()];
    this.answered = new Map();
    return taken;
  }
}
