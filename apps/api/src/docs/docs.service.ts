import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { graphqlReference } from './graphql-reference.js';

@Injectable()
export class DocsService {
  private written: string | undefined;

  constructor(private readonly modules: ModuleRef) {}

  graphql(): string {
    return (this.written ??= graphqlReference(this.modules.get(GraphQLSchemaHost, { strict: false }).schema));
  }
}
