/** The GraphQL schema for people. It needs a sign-in, as introspection does: there is one rule for the schema. */
import { Controller, Get, Header } from '@nestjs/common';
import { SignedIn } from '../auth/permission.js';
import { DocsService } from './docs.service.js';

@Controller('docs')
export class DocsController {
  constructor(private readonly docs: DocsService) {}

  @Get('graphql')
  @SignedIn()
  @Header('content-type', 'text/html; charset=utf-8')
  graphql(): string {
    return this.docs.graphql();
  }
}
