import { Global, Module } from '@nestjs/common';
import { ActorNamesRepository } from './actor-names.repository.js';
import { ActorNames } from './actor-names.service.js';

/** Whose an id is: also for work in the background, where nobody asks. */
@Global()
@Module({ providers: [ActorNames, ActorNamesRepository], exports: [ActorNames] })
export class ActorNamesModule {}
