import { Controller, Get, Header, Query } from '@nestjs/common';
import { z } from 'zod';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { LedgerStanding } from './ledger-standing.service.js';

/** The side of the change that is wanted whole. */
const WholeQuery = z
  .strictObject({
    tenant: z.string().min(1).max(64),
    seq: z
      .string()
      .regex(/^\d{1,18}$/, 'a ledger position, in digits')
      .transform((text) => BigInt(text)),
    side: z.enum(['before', 'after']),
  })
  .meta({ id: 'AuditWhole' });
type WholeQuery = z.infer<typeof WholeQuery>;

/** Sides of changes that were too long for a record. */
@Controller('v1/audit')
export class WholeController {
  constructor(private readonly standing: LedgerStanding) {}

  /** One side of a change that was too long for its record, as canonical JSON; the record holds its SHA-256. */
  @Get('whole')
  @Permission('read', 'AuditRecord')
  @Header('content-type', 'application/json; charset=utf-8')
  whole(
    @Query({ schema: WholeQuery }) { seq, side }: WholeQuery,
    @InTenant() tenant: TenantScope,
  ): Promise<string> {
    return this.standing.whole(tenant, seq, side);
  }
}
