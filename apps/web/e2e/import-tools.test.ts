/** Tools out of a document: nothing is chosen for the person, nothing is published, and the draft is reviewed as any. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { member, sit, type Seat } from './support/console.js';
import { expectSound } from './support/looks.js';

const TENANT = 'retail';
const MCP = JSON.stringify({
  result: {
    tools: [
      {
        name: 'read_text_file',
        description: 'Read a file as text.',
        inputSchema: {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          properties: { path: { type: 'string', pattern: '^(?!/etc)', format: 'file-path' } },
          required: ['path'],
        },
        annotations: { readOnlyHint: true },
      },
      { name: 'write_file', inputSchema: { type: 'object' }, annotations: { destructiveHint: true } },
      { name: 'broken', inputSchema: { $ref: '#' } },
    ],
  },
});

let browser: Browser;
let seat: Seat;
let page: Page;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());
beforeEach(async () => {
  seat = await sit(browser, { as: member(TENANT, 'policy_editor') });
  ({ page } = seat);
  await page.goto(`/${TENANT}/tools`);
  await page.getByRole('button', { name: 'Import…' }).click();
  await page.getByRole('dialog').waitFor();
});
afterEach(async () => {
  await seat
    .graphql('mutation ($tenant: String!) { discardPolicyDraft(tenant: $tenant, expectedVersion: 1) }', {
      tenant: TENANT,
    })
    .catch(() => undefined);
  await seat.close();
});

const read = async (text: string) => {
  await page.getByLabel('Document').fill(text);
  await page.getByRole('button', { name: 'Read' }).click();
};
const put = () => page.getByRole('button', { name: /^Put .* into the draft/ });

it('reads, asks for class and reason, and puts what is told into the draft', async () => {
  await read(MCP);
  await page.getByText('2 tools from an MCP server: 2 new, 0 changed, 0 as they are.').waitFor();
  await page.getByText('suggested: read, because its server says readOnlyHint: true').waitFor();
  expect(await page.getByLabel('Class of read_text_file').inputValue()).toBe('');
  expect(await put().isDisabled()).toBe(true);
  await page.getByText('a reference leads back to itself').waitFor();
  await page.getByText('2 left out').click();
  await page.getByText('/result/tools/0/inputSchema/properties/path/pattern').waitFor();
  await expectSound(page);

  await page.getByLabel('Take write_file').uncheck();
  await page.getByLabel('Class of read_text_file').selectOption('read');
  await page.getByLabel('Why read_text_file has this class').fill('It changes nothing.');
  await put().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const draft = page.getByRole('region', { name: 'Draft' });
  await draft.getByText('1 unpublished change').waitFor();
  await draft.getByText('Draft saved').waitFor();
  await draft.getByRole('button', { name: 'Discard' }).click();
});

it('is done with the keyboard alone', async () => {
  await page.keyboard.type('[{"name":"look","inputSchema":{"type":"object"}}]');
  await page.keyboard.press('Control+Enter');
  await page.getByText('1 tool from an MCP server').waitFor();
  await page.getByLabel('Class of all that are ticked').selectOption('read');
  await page.getByLabel('Why', { exact: true }).fill('It only looks.');
  await page.getByRole('button', { name: 'Apply' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  const draft = page.getByRole('region', { name: 'Draft' });
  await draft.getByText('1 unpublished change').waitFor();
  await draft.getByRole('button', { name: 'Discard' }).click();
});

it('takes 500 tools of a YAML file, and one reason for all of them', async () => {
  const paths = Array.from(
    { length: 500 },
    (_, i) => `  /things/${i}:\n    get:\n      operationId: get_thing_${i}\n`,
  );
  await page.getByLabel('File to import').setInputFiles({
    name: 'api.yaml',
    mimeType: 'application/yaml',
    buffer: Buffer.from(`openapi: 3.1.0\npaths:\n${paths.join('')}`),
  });
  await page.getByText('500 tools from an OpenAPI document: 500 new').waitFor();
  await page.getByLabel('Class of all that are ticked').selectOption('read');
  await page.getByLabel('Why', { exact: true }).fill('They only look.');
  await page.getByRole('button', { name: 'Apply' }).click();
  await put().click();
  const draft = page.getByRole('region', { name: 'Draft' });
  await draft.getByText('500 unpublished changes').waitFor();
  await draft.getByRole('button', { name: 'Discard' }).click();
});

it.each([
  ['nothing it knows', '{"a": 1}', 'neither a list of tools'],
  ['JSON that breaks off', '{"tools": [', 'JSON'],
  ['depth without an end', '['.repeat(100) + ']'.repeat(100), 'nested deeper than 64'],
])('says what is wrong with %s, and where', async (_, text, message) => {
  await read(text);
  await page.getByRole('alert').getByText(message).waitFor();
});
