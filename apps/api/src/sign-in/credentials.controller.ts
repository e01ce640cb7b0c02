import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignedIn } from '../auth/permission.js';
import { DomainError } from '../infra/errors.js';
import { AccountService } from './account.service.js';
import { LiveSessions } from './live-sessions.service.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';
import { SecondFactorService } from './second-factor.service.js';
import type { LiveSession } from './sessions.repository.js';
import * as schemas from './sign-in.schemas.js';
import { SignInService } from './sign-in.service.js';

/** A person's own password and second factor. Each asks for the password again. */
@Controller('auth')
export class CredentialsController {
  constructor(
    private readonly sessions: LiveSessions,
    private readonly signIns: SignInService,
    private readonly account: AccountService,
    private readonly secondFactor: SecondFactorService,
    private readonly browsers: RememberedBrowsers,
  ) {}

  @Post('password')
  @HttpCode(204)
  @SignedIn()
  async changePassword(
    @Body({ schema: schemas.ChangePasswordBody }) body: schemas.ChangePasswordBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const live = await this.sessions.require(request);
    await this.signIns.confirmPassword(request, live, body.currentPassword);
    await this.account.setPassword(live, body.password);
    await this.browsers.remember(request, reply, live.account.id);
  }

  @Post('totp/enable')
  @HttpCode(200)
  @SignedIn()
  async enableTotp(
    @Body({ schema: schemas.EnableTotpBody }) body: schemas.EnableTotpBody,
    @Req() request: FastifyRequest,
  ): Promise<schemas.TotpSecret> {
    const live = await this.sessions.require(request);
    await this.signIns.confirmPassword(request, live, body.password);
    return this.secondFactor.enable(live.account);
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @SignedIn()
  async confirmTotp(
    @Body({ schema: schemas.CodeBody }) body: schemas.CodeBody,
    @Req() request: FastifyRequest,
  ): Promise<schemas.RecoveryCodes> {
    const live = await this.sessions.require(request);
    const recoveryCodes = await this.tryCode(request, live, () => this.secondFactor.confirm(live, body.code));
    return { recoveryCodes };
  }

  @Post('totp/disable')
  @HttpCode(204)
  @SignedIn()
  async disableTotp(
    @Body({ schema: schemas.DisableTotpBody }) body: schemas.DisableTotpBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const live = await this.sessions.require(request);
    await this.signIns.confirmPassword(request, live, body.password);
    await this.tryCode(request, live, () => this.secondFactor.disable(live, body.code));
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @SignedIn()
  async renewRecoveryCodes(
    @Body({ schema: schemas.RecoveryCodesBody }) body: schemas.RecoveryCodesBody,
    @Req() request: FastifyRequest,
  ): Promise<schemas.RecoveryCodes> {
    const live = await this.sessions.require(request);
    await this.signIns.confirmPassword(request, live, body.password);
    const renew = () => this.secondFactor.renewRecoveryCodes(live, body.code);
    return { recoveryCodes: await this.tryCode(request, live, renew) };
  }

  private async tryCode<T>(
    request: FastifyRequest,
    { account, session }: LiveSession,
    work: () => Promise<T | null>,
  ): Promise<T> {
    const done = await this.signIns.attemptCode(request, account, `session:${session.tokenHash}`, work);
    if (done === null) throw new DomainError('invalid', 'The code is wrong or was used.', { path: 'code' });
    return done;
  }
}
