import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { ActorNamesRepository } from './actor-names.repository.js';
import { ActorNames } from './actor-names.service.js';
import { AdminActors } from './admin-actors.service.js';
import { AuthController } from './auth.controller.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsRepository } from './credentials.repository.js';
import { InvitationsService } from './invitations.service.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { PermissionGuard } from './permission.guard.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionsRepository } from './sessions.repository.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInService } from './sign-in.service.js';
import { Standing } from './standing.service.js';
import { TenantScopes } from './tenant-scopes.service.js';
import { VisibleTenantsRepository } from './visible-tenants.repository.js';

/** Who is at the door, and the one guard that lets them in. */
@Global()
@Module({
  imports: [ApiKeysModule],
  controllers: [AuthController, CredentialsController],
  providers: [
    ActorNames,
    ActorNamesRepository,
    AdminActors,
    CredentialsRepository,
    InvitationsService,
    OneTimeLinksRepository,
    SecondFactorService,
    SessionCookie,
    SessionsRepository,
    SignInLimits,
    SignInService,
    Standing,
    TenantScopes,
    VisibleTenantsRepository,
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
  exports: [ActorNames, AdminActors, InvitationsService, Standing, TenantScopes],
})
export class AuthModule {}
