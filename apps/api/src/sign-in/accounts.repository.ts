/** What people sign in with. Governed writes take the writing door's transaction; the app's own are what governs nothing. */
import { Injectable } from '@nestjs/common';
import type { Account, Membership, Prisma } from '@reeve/db';
import { Database, nameTenants } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  byEmail(email: string): Promise<Account[]> {
    return this.database.app.account.findMany({
      where: { email: email.trim().toLowerCase() },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
  }

  async any(): Promise<boolean> {
    return (await this.database.app.account.findFirst({ select: { id: true } })) !== null;
  }

  /** The places an account is in, those of the platform included, without the disabled ones. */
  places(accountId: string): Promise<Membership[]> {
    return this.database.read(
      [],
      (tx) => tx.membership.findMany({ where: { accountId, disabledAt: null } }),
      {
        accountId,
      },
    );
  }

  /** The one of these that belongs to the tenant with this slug. */
  async oneIn(accounts: readonly Account[], slug: string): Promise<Account | null> {
    const tenant = await this.database.app.tenant.findUnique({ where: { slug } });
    if (tenant === null) return null;
    const place = await this.database.read(tenant.id, (tx) =>
      tx.membership.findFirst({
        where: { tenantId: tenant.id, accountId: { in: accounts.map(({ id }) => id) } },
      }),
    );
    return accounts.find(({ id }) => id === place?.accountId) ?? null;
  }

  create(tx: LedgerTx, account: Prisma.AccountUncheckedCreateInput): Promise<Account> {
    return tx.account.create({ data: account });
  }

  /** null when it is gone. Held until the transaction ends, so that nobody joins with an account that is leaving. */
  async lock(tx: LedgerTx, id: string): Promise<Account | null> {
    await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.account.findUnique({ where: { id } });
  }

  async update(tx: LedgerTx, id: string, data: Prisma.AccountUncheckedUpdateInput): Promise<void> {
    await tx.account.update({ where: { id }, data, select: { id: true } });
  }

  /** Ends what let anybody in by the account so far: sessions but one, remembered browsers, links to its places. */
  async endAccess(tx: LedgerTx, accountId: string, keepSession?: string): Promise<void> {
    await tx.session.deleteMany({
      where: { accountId, ...(keepSession === undefined ? {} : { NOT: { tokenHash: keepSession } }) },
    });
    await tx.rememberedBrowser.deleteMany({ where: { accountId } });
    const places = await this.placesIn(tx, accountId);
    await nameTenants(
      tx,
      places.map(({ tenantId }) => tenantId),
    );
    for (const { tenantId, id } of places)
      await tx.oneTimeLink.deleteMany({ where: { tenantId, memberId: id } });
  }

  /** An account that is nowhere any more goes, with everything that let in by it. */
  async release(tx: LedgerTx, accountId: string): Promise<void> {
    if ((await this.lock(tx, accountId)) === null) return;
    if ((await this.placesIn(tx, accountId)).length > 0) return;
    await tx.session.deleteMany({ where: { accountId } });
    await tx.rememberedBrowser.deleteMany({ where: { accountId } });
    await tx.recoveryCode.deleteMany({ where: { accountId } });
    await tx.account.delete({ where: { id: accountId } });
  }

  /** Made, and not in use before it is confirmed. */
  async offerTotp(id: string, totpSecret: Uint8Array): Promise<void> {
    await this.database.app.account.updateMany({
      where: { id, totpEnabledAt: null },
      data: { totpSecret: Uint8Array.from(totpSecret), totpLastStep: null },
    });
  }

  /** Spends a time step. False when another request spent it first, so that a code works once. */
  async spendTotpStep(id: string, step: bigint): Promise<boolean> {
    const { count } = await this.database.app.account.updateMany({
      where: { id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
      data: { totpLastStep: step },
    });
    return count === 1;
  }

  recoveryCodes(accountId: string): Promise<number> {
    return this.database.app.recoveryCode.count({ where: { accountId } });
  }

  async hasRecoveryCode(accountId: string, codeHash: string): Promise<boolean> {
    return (await this.database.app.recoveryCode.count({ where: { accountId, codeHash } })) === 1;
  }

  async replaceRecoveryCodes(tx: LedgerTx, accountId: string, hashes: readonly string[]): Promise<void> {
    await tx.recoveryCode.deleteMany({ where: { accountId } });
    await tx.recoveryCode.createMany({ data: hashes.map((codeHash) => ({ accountId, codeHash })) });
  }

  /** False when there is no such code any more: a code works once. */
  async spendRecoveryCode(tx: LedgerTx, accountId: string, codeHash: string): Promise<boolean> {
    return (await tx.recoveryCode.deleteMany({ where: { accountId, codeHash } })).count === 1;
  }

  /** In every tenant. Names none but these afterwards. */
  private async placesIn(tx: LedgerTx, accountId: string): Promise<Membership[]> {
    await nameTenants(tx, [], accountId);
    return tx.membership.findMany({ where: { accountId } });
  }
}
