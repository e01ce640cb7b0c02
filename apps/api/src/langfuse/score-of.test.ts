import { expect, test } from 'vitest';
import { scoreOf } from './score-of.js';
import { traceIdOf } from './trace-id.js';

const TRACE = 'a'.repeat(32);
const row = (more: object) => ({
  id: 's1',
  name: 'helpful',
  timestamp: '2026-11-25T23:50:00.000Z',
  updatedAt: '2026-11-25T23:51:00.000Z',
  ...more,
});

test('a number and a yes have a value', () => {
  const said = scoreOf(row({ dataType: 'NUMERIC', value: 0.4, traceId: TRACE, observationId: 'b' }), 'p');
  expect(said).toEqual({
    source: 'langfuse',
    externalId: 'p/s1',
    name: 'helpful',
    value: 0.4,
    text: null,
    comment: null,
    traceId: TRACE,
    spanId: 'b',
    thread: null,
    at: new Date('2026-11-25T23:50:00Z'),
    updatedAt: new Date('2026-11-25T23:51:00Z'),
  });
  expect(scoreOf(row({ dataType: 'BOOLEAN', value: false }), 'p')).toMatchObject({ value: 0, text: null });
  expect(scoreOf(row({ dataType: 'BOOLEAN', value: 1, stringValue: 'True' }), 'p')).toMatchObject({
    value: 1,
  });
});

test('a category, a text and a comment alone are no 0', () => {
  const category = scoreOf(row({ dataType: 'CATEGORICAL', value: 0, stringValue: 'good' }), 'p');
  expect(category).toMatchObject({ value: null, text: 'good' });
  expect(scoreOf(row({ dataType: 'CATEGORICAL', value: 'good' }), 'p')).toMatchObject({ text: 'good' });
  expect(scoreOf(row({ dataType: 'CORRECTION', value: 0, stringValue: '' }), 'p')).toMatchObject({
    value: null,
    text: null,
  });
  const comment = scoreOf(row({ dataType: 'NUMERIC', value: null, comment: 'too slow' }), 'p');
  expect(comment).toMatchObject({ value: null, comment: 'too slow' });
});

test('v3 says whose it is by a subject', () => {
  const of = (subject: object) => scoreOf(row({ dataType: 'NUMERIC', value: 1, subject }), 'p');
  expect(of({ kind: 'trace', id: TRACE })).toMatchObject({ traceId: TRACE, spanId: null, thread: null });
  expect(of({ kind: 'observation', id: 'b', traceId: TRACE })).toMatchObject({ traceId: TRACE, spanId: 'b' });
  expect(of({ kind: 'session', id: 't' })).toMatchObject({ traceId: null, thread: 't' });
});

test('what is no score is none', () => {
  expect(scoreOf({}, 'p')).toBeNull();
  expect(scoreOf(row({ timestamp: 'soon' }), 'p')).toBeNull();
  expect(scoreOf(row({ id: '' }), 'p')).toBeNull();
});

test('a trace has one id, whatever Langfuse calls it', () => {
  expect(traceIdOf('4FD0B6131F19F39AF59518D127B0CAFE')).toBe('4fd0b6131f19f39af59518d127b0cafe');
  expect(traceIdOf('4fd0b613-1f19-f39a-f595-18d127b0cafe')).toBe('4fd0b6131f19f39af59518d127b0cafe');
  expect(traceIdOf('chat-17')).toMatch(/^[\da-f]{32}$/);
  expect(traceIdOf('chat-17')).toBe(traceIdOf('chat-17'));
  expect(traceIdOf('chat-17')).not.toBe(traceIdOf('chat-18'));
});
