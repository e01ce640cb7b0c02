import { Module } from '@nestjs/common';
import { MemberSessions } from '../auth/credentials.js';
import { AccountChanges } from './account-changes.service.js';
import { AccountService } from './account.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { BrowserCookie } from './browser-cookie.js';
import { CredentialsController } from './credentials.controller.js';
import { Entering } from './entering.service.js';
import { JoiningController } from './joining.controller.js';
import { JoiningService } from './joining.service.js';
import { LiveSessions } from './live-sessions.service.js';
import { MemberWriter } from './member-writer.service.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { Passwords } from './passwords.js';
import { People } from './people.service.js';
import { PlacesRepository } from './places.repository.js';
import { RememberedBrowsersRepository } from './remembered-browsers.repository.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionsRepository } from './sessions.repository.js';
import { SetUpService } from './set-up.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInController } from './sign-in.controller.js';
import { SignInService } from './sign-in.service.js';

/** How people come in: accounts, passwords, second factors, one-time links, sessions. */
@Module({
  controllers: [SignInController, CredentialsController, JoiningController],
  providers: [
    AccountChanges,
    AccountService,
    AccountsRepository,
    BrowserCookie,
    Entering,
    JoiningService,
    LiveSessions,
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
    { provide: MemberSessions, useExisting: LiveSessions },
  ],
  exports: [AccountService, MemberSessions, MemberWriter, SetUpService],
})
export class SignInModule {}
