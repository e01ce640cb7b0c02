/** What was thrown is told by whose trouble it is: a caller who goes away is no outage of the database. */
import { expect, it } from 'vitest';
import { toDomainError } from './to-domain-error.js';

const lost = (message: string) => Object.assign(new Error(message), { code: 'ECONNRESET' });

it('a request that is cut off is its caller’s', () => {
  expect(toDomainError(lost('aborted'))).toMatchObject({ code: 'bad_request' });
});

it('a connection to the database that is lost is an outage', () => {
  expect(toDomainError(lost('read ECONNRESET'))).toMatchObject({ code: 'unavailable' });
});
