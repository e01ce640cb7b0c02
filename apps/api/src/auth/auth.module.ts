import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { AccountChanges } from './account-changes.service.js';
import { AccountService } from './account.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { ActorNamesRepository } from './actor-names.repository.js';
import { ActorNames } from './actor-names.service.js';
import { AdminActors } from './admin-actors.service.js';
import { AuthController } from './auth.controller.js';
import { BrowserCookie } from './browser-cookie.js';
import { CredentialsController } from './credentials.controller.js';
import { Entering } from './entering.service.js';
import { Introspection } from './introspection.service.js';
import { JoiningController } from './joining.controller.js';
import { JoiningService } from './joining.service.js';
import { MemberWriter } from './member-writer.service.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { Passwords } from './passwords.js';
import { People } from './people.service.js';
import { PermissionGuard } from './permission.guard.js';
import { PlacesRepository } from './places.repository.js';
import { RememberedBrowsersRepository } from './remembered-browsers.repository.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionsRepository } from './sessions.repository.js';
import { SetUpService } from './set-up.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInService } from './sign-in.service.js';
import { SocketDoor } from './socket-door.service.js';
import { Standing } from './standing.service.js';
import { TenantScopes } from './tenant-scopes.service.js';
import { VisibleTenantsRepository } from './visible-tenants.repository.js';

/** Who is at the door, and the one guard that lets them in. */
@Global()
@Module({
  imports: [ApiKeysModule],
  controllers: [AuthController, CredentialsController, JoiningController],
  providers: [
    AccountChanges,
    AccountService,
    AccountsRepository,
    ActorNames,
    ActorNamesRepository,
    AdminActors,
    BrowserCookie,
    Entering,
    Introspection,
    JoiningService,
    MemberWriter,
    OneTimeLinksRepository,
    Passwords,
    People,
    PlacesRepository,
    RememberedBrowsers,
    RememberedBrowsersRepository,
    SecondFactorService,
    SessionCookie,
    SessionsRepository,
    SetUpService,
    SignInLimits,
    SignInService,
    SocketDoor,
    Standing,
    TenantScopes,
    VisibleTenantsRepository,
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
  exports: [AccountService, ActorNames, AdminActors, MemberWriter, SetUpService, Standing, TenantScopes],
})
export class AuthModule {}
