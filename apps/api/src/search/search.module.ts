import { Module } from '@nestjs/common';
import { SearchReadModel } from './search.read-model.js';
import { SearchResolver } from './search.resolver.js';
import { SearchService } from './search.service.js';

/** Any object by its name, for the palette. */
@Module({ providers: [SearchReadModel, SearchResolver, SearchService] })
export class SearchModule {}
