import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/permission.js';
import { Entering } from './entering.service.js';
import { LiveSessions } from './live-sessions.service.js';
import { SessionCookie } from './session-cookie.js';
import { SetUpService } from './set-up.service.js';
import * as schemas from './sign-in.schemas.js';
import { SignInService } from './sign-in.service.js';

/** Signing in and out of the console. The session lives in a cookie that scripts cannot read. */
@Controller('auth')
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly setUps: SetUpService,
    private readonly entering: Entering,
    private readonly sessions: LiveSessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('session')
  @Public()
  async session(@Req() request: FastifyRequest): Promise<schemas.SessionState> {
    const live = await this.sessions.find(request);
    if (live !== null) return { state: live.owesSecondFactor ? 'second_factor' : 'signed_in' };
    return { state: (await this.setUps.nobodyYet()) ? 'set_up' : 'signed_out' };
  }

  @Post('sign-in')
  @HttpCode(200)
  @Public()
  async signIn(
    @Body({ schema: schemas.SignInBody }) body: schemas.SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionState> {
    return this.entering.admit(request, reply, await this.signIns.signIn(request, body));
  }

  @Post('totp')
  @HttpCode(200)
  @Public()
  async secondFactor(
    @Body({ schema: schemas.AnyCodeBody }) body: schemas.AnyCodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionState> {
    const live = await this.sessions.requireAny(request);
    const entered = await this.signIns.giveSecondFactor(request, live, body.code);
    return this.entering.admit(request, reply, entered);
  }

  @Post('sign-out')
  @HttpCode(204)
  @Public()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const live = await this.sessions.find(request);
    if (live !== null) await this.signIns.signOut(live);
    this.cookie.clear(reply);
  }

  @Post('set-up')
  @HttpCode(200)
  @Public()
  async setUp(
    @Body({ schema: schemas.SetUpBody }) body: schemas.SetUpBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.SessionState> {
    await this.setUps.setUp(request, body);
    const { email, password } = body;
    return this.entering.admit(request, reply, await this.signIns.signIn(request, { email, password }));
  }
}
