/** The committed OpenAPI document is the one this code serves. `npm run openapi -w apps/api` writes it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

it('commits the OpenAPI document it serves', async () => {
  const answer = await reeve.inject({ method: 'GET', url: '/openapi.json' });
  expect(answer.statusCode).toBe(200);
  await expect(`${JSON.stringify(answer.json(), null, 2)}\n`).toMatchFileSnapshot('../openapi.json');
});
