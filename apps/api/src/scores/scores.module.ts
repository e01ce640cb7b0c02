import { Module } from '@nestjs/common';
import { ScoresRepository } from './scores.repository.js';
import { Scores } from './scores.service.js';

/** What people, judges and businesses think of answers. */
@Module({ providers: [Scores, ScoresRepository], exports: [Scores] })
export class ScoresModule {}
