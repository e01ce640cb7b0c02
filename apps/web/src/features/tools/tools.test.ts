import { describe, expect, it } from 'vitest';
import { BLANK, formOf, read } from './tool-form.js';

const justified = { ...BLANK, justification: 'moves money, cannot be undone' };

describe('a tool', () => {
  it('is not made without a justification', () => {
    expect(read(BLANK)).toHaveProperty('problems.justification');
    expect(read(justified)).toHaveProperty('value');
  });
  it('is not made of what is no JSON, or no object', () => {
    expect(read({ ...justified, schema: '{' })).toHaveProperty('problems.schema');
    expect(read({ ...justified, schema: '[]' })).toHaveProperty('problems.schema');
  });
  it('is the same after it was only looked at', () => {
    const result = read(justified);
    if (!('value' in result)) throw new Error('expected a tool');
    expect(read(formOf(result.value))).toEqual(result);
  });
});
