import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as schemas from './sign-in.schemas.js';
import { Entering } from './entering.service.js';
import { JoiningService } from './joining.service.js';
import { Public } from '../auth/permission.js';
import { SignInService } from './sign-in.service.js';

/** What the holder of a member's link may do. Its token comes in a body, which no log sees. */
@Controller('auth/link')
export class JoiningController {
  constructor(
    private readonly joining: JoiningService,
    private readonly signIns: SignInService,
    private readonly entering: Entering,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  look(
    @Body({ schema: schemas.LinkBody }) { token }: schemas.LinkBody,
    @Req() request: FastifyRequest,
  ): Promise<schemas.LinkView> {
    return this.joining.look(request, token);
  }

  @Post('new-account')
  @HttpCode(200)
  @Public()
  async joinAsNew(
    @Body({ schema: schemas.JoinAsNewBody }) body: schemas.JoinAsNewBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionState> {
    const account = await this.joining.joinAsNew(request, body.token, body.password);
    return this.entering.admit(request, reply, await this.signIns.open(account, 'not_in_use'));
  }

  @Post('existing-account')
  @HttpCode(200)
  @Public()
  async joinAsExisting(
    @Body({ schema: schemas.JoinAsExistingBody }) body: schemas.JoinAsExistingBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionState> {
    const account = await this.joining.joinAsExisting(request, body.token, body);
    if (account === 'second_factor') return { state: 'second_factor' };
    const given = account.totpEnabledAt === null ? 'not_in_use' : 'given';
    return this.entering.admit(request, reply, await this.signIns.open(account, given));
  }
}
