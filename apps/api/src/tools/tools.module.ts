import { Module } from '@nestjs/common';
import { PoliciesModule } from '../policies/policies.module.js';
import { ToolsReadModel } from './tools.read-model.js';
import { ToolsResolver } from './tools.resolver.js';
import { ToolsService } from './tools.service.js';

/** The use of tools; the tools themselves are part of the policy. */
@Module({ imports: [PoliciesModule], providers: [ToolsReadModel, ToolsResolver, ToolsService] })
export class ToolsModule {}
