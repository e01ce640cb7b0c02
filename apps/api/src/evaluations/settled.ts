/** How an item of a batch ends: with its answer, or with an error that is its own. */
import { DomainError } from '../infra/errors.js';
import type { Accounted, Evaluated, Tried } from './work.js';

export type Settled =
  { readonly answer: readonly Evaluated[] | readonly Tried[] | Accounted } | { readonly error: DomainError };

export const undecided = (cause: unknown): DomainError =>
  new DomainError('unavailable', 'this could not be decided and recorded, so it was not', { cause });

export const notItsCaller = () =>
  new DomainError(
    'forbidden',
    'an outcome is reported with the key that asked, or with another key of the same assistant',
    { path: '/evaluation_id' },
  );

export const invalidKey = () => new DomainError('unauthenticated', 'this API key is not valid');
