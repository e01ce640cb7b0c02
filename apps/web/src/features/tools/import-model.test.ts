import { EMPTY_POLICY, PolicyDocument, type ImportedTool } from '@reeve/policy';
import { describe, expect, it } from 'vitest';
import { documentOf } from './import-document.js';
import { chosenOf, firstChoices, importEdits, missing, rowsOf, tooLarge } from './import-model.js';

const tool = (name: string, more: Partial<ImportedTool> = {}): ImportedTool => ({
  name,
  was: null,
  description: 'Finds',
  schema: { type: 'object', properties: {} },
  suggestion: { class: 'read', why: 'its server says readOnlyHint: true' },
  dropped: [],
  ...more,
});
const document = PolicyDocument.parse({
  ...EMPTY_POLICY,
  tools: {
    same: { class: 'dangerous', justification: 'moves money', description: 'Finds', schema: { properties: {}, type: 'object' } }, // prettier-ignore
    other: { class: 'dangerous', justification: 'moves money', description: 'Was', owner: 'me', schema: { type: 'object', required: ['a'] } }, // prettier-ignore
  },
});
const rows = rowsOf([tool('new'), tool('same'), tool('other'), tool('constructor')], document);

describe('an import beside the tools there are', () => {
  it('says which are new, which change and in what', () => {
    expect(rows.map(({ tool: { name }, state, differs }) => [name, state, differs])).toEqual([
      ['new', 'new', []],
      ['same', 'same', []],
      ['other', 'changed', ['arguments', 'description']],
      ['constructor', 'new', []],
    ]);
  });

  it('chooses no class for anybody, and no change', () => {
    const choices = firstChoices(rows);
    expect(Object.values(choices).every((choice) => choice.class === '' && choice.justification === '')).toBe(
      true,
    );
    expect(chosenOf(rows, choices).map(({ tool: { name } }) => name)).toEqual(['new', 'constructor']);
  });

  it('a new tool has to be told its class, and why', () => {
    const [row] = rows;
    expect(missing(row!, { chosen: true, class: '', justification: 'because it only reads' })).not.toBeNull();
    expect(missing(row!, { chosen: true, class: 'read', justification: '   short   ' })).not.toBeNull();
    expect(missing(row!, { chosen: true, class: 'read', justification: 'it only reads' })).toBeNull();
    expect(missing(row!, { chosen: false, class: '', justification: '' })).toBeNull();
    expect(() => importEdits(rows, firstChoices(rows), document, '')).toThrow('no class');
  });

  it('a tool that exists keeps its class, whatever is suggested', () => {
    const choices = {
      ...firstChoices(rows),
      other: { chosen: true, class: 'read', justification: 'x'.repeat(9) },
    } as const;
    const edits = importEdits(
      rows.filter(({ tool: { name } }) => name === 'other'),
      choices,
      document,
      'files',
    );
    expect(edits).toMatchObject([
      {
        name: 'other',
        value: {
          class: 'dangerous',
          justification: 'moves money',
          owner: 'me',
          server: '',
          description: 'Finds',
        },
      },
    ]);
  });

  it('a new one comes with untrusted output, from where it is said to live', () => {
    const choices = { new: { chosen: true, class: 'write', justification: ' it writes files ' } } as const;
    expect(importEdits(rows.slice(0, 1), choices, document, 'files')).toMatchObject([
      {
        name: 'new',
        value: {
          class: 'write',
          justification: 'it writes files',
          untrustedOutput: true,
          reversible: false,
          server: 'files',
        },
      },
    ]);
  });

  it('more than a draft can hold is said before it is put there', () => {
    const big = tool('big', { schema: { description: 'x'.repeat(950_000) } });
    const choices = { big: { chosen: true, class: 'read', justification: 'it only reads' } } as const;
    expect(tooLarge(importEdits(rowsOf([big], document), choices, document, ''))).toBe(true);
  });
});

describe('the text', () => {
  it('is JSON or YAML', () => {
    expect(documentOf(' {"tools": []}')).toEqual({ tools: [] });
    expect(documentOf('openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n')).toEqual({
      openapi: '3.1.0',
      paths: { '/a': { get: {} } },
    });
  });
  it.each([
    ['JSON that breaks off', '{"tools": ['],
    ['YAML with a tab', 'a:\n\tb: 1'],
    [
      'YAML that unfolds',
      `a: &a [${'x,'.repeat(9)}x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${`*${'abcdefghij'[i]},`.repeat(9)}*${'abcdefghij'[i]}]`).join('\n')}`,
    ],
    ['too much', ' '.repeat(5_000_001)],
  ])('%s is refused', (_, text) => {
    expect(() => documentOf(text)).toThrow();
  });
});
