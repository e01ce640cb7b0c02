import { Global, Module, StandardSchemaValidationPipe, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { Draining } from './draining.js';
import { FailureFilter } from './failure.filter.js';
import { InputGuard } from './input.guard.js';
import { invalidInput } from './valid.js';

/** Settings, the reading door, and how failures leave. */
@Global()
@Module({})
export class InfraModule {
  static for(config: Config): DynamicModule {
    return {
      module: InfraModule,
      providers: [
        Database,
        Draining,
        { provide: CONFIG, useValue: config },
        { provide: APP_GUARD, useClass: InputGuard },
        { provide: APP_FILTER, useClass: FailureFilter },
        {
          provide: APP_PIPE,
          useValue: new StandardSchemaValidationPipe({ exceptionFactory: (issues) => invalidInput(issues) }),
        },
      ],
      exports: [Database, Draining, CONFIG],
    };
  }
}
