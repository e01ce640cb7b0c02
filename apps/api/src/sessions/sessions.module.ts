import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { SessionsResolver } from './sessions.resolver.js';
import { SessionsService } from './sessions.service.js';

/** Sessions: who is signed in. */
@Module({ imports: [SignInModule, TenantsModule], providers: [SessionsResolver, SessionsService] })
export class SessionsModule {}
