import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DocsController } from './docs.controller.js';
import { DocsService } from './docs.service.js';

@Module({ imports: [AuthModule], controllers: [DocsController], providers: [DocsService] })
export class DocsModule {}
