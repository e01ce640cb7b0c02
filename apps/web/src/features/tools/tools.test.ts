import { describe, expect, it } from 'vitest';
import { formOf, NEW_TOOL, toolFrom } from './tool-form.js';

const justified = { ...NEW_TOOL, justification: 'moves money, cannot be undone' };

describe('a tool', () => {
  it('is not made without a justification', () => {
    expect(toolFrom(NEW_TOOL)).toHaveProperty('problems.justification');
    expect(toolFrom(justified)).toHaveProperty('tool');
  });
  it('is not made of what is no JSON, or no object', () => {
    expect(toolFrom({ ...justified, schema: '{' })).toHaveProperty('problems.schema');
    expect(toolFrom({ ...justified, schema: '[]' })).toHaveProperty('problems.schema');
  });
  it('is the same after it was only looked at', () => {
    const result = toolFrom(justified);
    if (!('tool' in result)) throw new Error('expected a tool');
    expect(toolFrom(formOf(result.tool))).toEqual(result);
  });
});
