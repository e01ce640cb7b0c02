import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../infra/errors.js';
import { AdminActors } from './admin-actors.service.js';
import * as schemas from './auth.schemas.js';
import { SignedIn } from './permission.js';
import { SecondFactorService } from './second-factor.service.js';
import { SignInService } from './sign-in.service.js';

/** A member's own password and second factor. Each asks for the password again. */
@Controller('auth')
export class CredentialsController {
  constructor(
    private readonly actors: AdminActors,
    private readonly signIns: SignInService,
    private readonly secondFactor: SecondFactorService,
  ) {}

  @Post('password')
  @HttpCode(204)
  @SignedIn()
  async changePassword(
    @Body({ schema: schemas.ChangePasswordBody }) body: schemas.ChangePasswordBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const live = await this.actors.requireSession(request);
    await this.signIns.changePassword(request, live, body.currentPassword, body.password);
  }

  @Post('totp/enable')
  @HttpCode(200)
  @SignedIn()
  async enableTotp(
    @Body({ schema: schemas.EnableTotpBody }) body: schemas.EnableTotpBody,
    @Req() request: FastifyRequest,
  ): Promise<schemas.TotpSecret> {
    const { member } = await this.actors.requireSession(request);
    await this.signIns.confirmPassword(request, member, body.password);
    return this.secondFactor.enable(member);
  }

  @Post('totp/confirm')
  @HttpCode(204)
  @SignedIn()
  async confirmTotp(
    @Body({ schema: schemas.CodeBody }) body: schemas.CodeBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { member, session } = await this.actors.requireSession(request);
    const confirm = () => this.secondFactor.confirm(member, session.tokenHash, body.code);
    refuseWrong(await this.signIns.attemptCode(request, member, confirm));
  }

  @Post('totp/disable')
  @HttpCode(204)
  @SignedIn()
  async disableTotp(
    @Body({ schema: schemas.DisableTotpBody }) body: schemas.DisableTotpBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { member, session } = await this.actors.requireSession(request);
    await this.signIns.confirmPassword(request, member, body.password);
    const disable = () => this.secondFactor.disable(member, session.tokenHash, body.code);
    refuseWrong(await this.signIns.attemptCode(request, member, disable));
  }
}

function refuseWrong(right: boolean): void {
  if (!right) throw new DomainError('invalid', 'The code is wrong or was used.', { path: 'code' });
}
