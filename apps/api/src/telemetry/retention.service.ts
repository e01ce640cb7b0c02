/** Spans are kept for the days that their tenant keeps them. */
import { Inject, Injectable } from '@nestjs/common';
import { SPAN_STORE, type SpanStore } from './span-store.js';

@Injectable()
export class Retention {
  constructor(@Inject(SPAN_STORE) private readonly store: SpanStore) {}

  forget(): Promise<void> {
    return this.store.forget();
  }
}
