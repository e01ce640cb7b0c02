import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ActorNamesModule } from './actor-names.module.js';
import { AdminActors } from './admin-actors.service.js';
import { BodyDoor } from './body-door.service.js';
import { Introspection } from './introspection.service.js';
import { PermissionGuard } from './permission.guard.js';
import { QueryTurns } from './query-turns.service.js';
import { RequestTurns } from './request-turns.service.js';
import { SocketDoor } from './socket-door.service.js';
import { Standing } from './standing.service.js';
import { TenantScopes } from './tenant-scopes.service.js';
import { VisibleTenantsRepository } from './visible-tenants.repository.js';

/** Who is asking, and the one guard that lets them in. */
@Global()
@Module({})
export class AuthModule {
  /** `credentials`: the modules that export MemberSessions and ManagementKeys. */
  static by(...credentials: Type[]): DynamicModule {
    return {
      module: AuthModule,
      imports: [ActorNamesModule, ...credentials],
      providers: [
        AdminActors,
        BodyDoor,
        Introspection,
        QueryTurns,
        RequestTurns,
        SocketDoor,
        Standing,
        TenantScopes,
        VisibleTenantsRepository,
        { provide: APP_GUARD, useClass: PermissionGuard },
      ],
      exports: [AdminActors, Standing, TenantScopes],
    };
  }
}
