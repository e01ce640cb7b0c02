import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError } from './api-error.js';
import { post, query } from './http.js';

const text = 'query Anything { anything }' as unknown as Parameters<typeof query>[0];
let patience: AbortController;

beforeEach(() => {
  patience = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
});
afterEach(() => void vi.restoreAllMocks());

const answering = (answer: () => Promise<Response>) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(answer);
/** As a server that has the request and says nothing. */
const silent = () =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    (_url, init) =>
      new Promise((_, reject) => {
        init!.signal!.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
      }),
  );

it('gives up on an answer that does not come, and says that the change may have happened', async () => {
  silent();
  const asked = post('/auth/sign-in');
  patience.abort();
  await expect(asked).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: 'Reeve has not answered for 30 s; it may still do what was asked.',
  });
});

it('leaves it to whoever stopped waiting', async () => {
  silent();
  const asking = new AbortController();
  const asked = query(text, {}, asking.signal);
  asking.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

it('says that nobody is there', async () => {
  answering(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(post('/auth/sign-in')).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: 'Reeve cannot be reached.',
  });
});

it('keeps what a problem says of each input', async () => {
  const problem = { detail: 'slug is taken', errors: [{ path: '/slug', message: 'is taken' }] };
  answering(() => Promise.resolve(new Response(JSON.stringify(problem), { status: 409 })));
  const failure = await post('/anything').catch((error: unknown) => error as ApiError);
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({ code: 'CONFLICT', message: 'slug is taken' });
  expect((failure as ApiError).at('slug')).toBe('is taken');
});
