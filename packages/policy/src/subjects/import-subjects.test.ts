import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from './csv.js';
import { readSubjectFile } from './import-subjects.js';

describe('NDJSON', () => {
  test('a line is a subject; what is wrong is said by its line, and the rest is read', () => {
    const file = [
      '{"id":"mia","attributes":{"level":2}}',
      '',
      '{"type":"team","id":"ops","attributes":{}}',
      '{"id":"mia","attributes":{"level":3}}',
      'no JSON',
      '{"id":"ann"}',
      '{"id":"ann","attributes":{},"roles":["admin"]}',
      '{"id":"eve","attributes":{"n":1,"n":2}}',
    ].join('\n');
    const { subjects, problems } = readSubjectFile('ndjson', file);
    expect(subjects).toEqual([
      { type: 'user', id: 'mia', attributes: { level: 2 } },
      { type: 'team', id: 'ops', attributes: {} },
    ]);
    expect(problems.map(({ line }) => line)).toEqual([4, 5, 6, 7, 8]);
  });
});

describe('CSV', () => {
  test('columns are attributes, read as the header says', () => {
    const file =
      'id,level:number,active:boolean,tags:json,note\r\n' +
      'mia,2,true,"[""a"",""b""]","one, and\ntwo"\r\nann,,,,007\r\n\r\neve,two,,,\r\nbob,1,true,[],x,y';
    const { subjects, problems } = readSubjectFile('csv', file);
    expect(subjects).toEqual([
      {
        type: 'user',
        id: 'mia',
        attributes: { level: 2, active: true, tags: ['a', 'b'], note: 'one, and\ntwo' },
      },
      { type: 'user', id: 'ann', attributes: { note: '007' } },
    ]);
    expect(problems).toEqual([
      { line: 6, message: 'level is no number' },
      { line: 7, message: 'has 6 fields, and the header 5' },
    ]);
  });

  test('without an id, with an open quote: nothing is read', () => {
    for (const file of ['level\n1', 'id\n"mia', ''])
      expect(readSubjectFile('csv', file)).toMatchObject({ subjects: [], problems: [{ line: 1 }] });
  });

  test('what is written as RFC 4180 has it is read as it was', () => {
    let quoted = 0;
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é'), maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          const write = (text: string) =>
            /[",\n]/.test(text) || text === '' ? (quoted++, `"${text.replaceAll('"', '""')}"`) : text;
          const text = rows.map((row) => row.map(write).join(',')).join('\r\n');
          expect(readCsv(text)?.map(({ fields }) => fields)).toEqual(rows);
        },
      ),
      { numRuns: 500, seed: 3 },
    );
    expect(quoted).toBeGreaterThan(500);
  });
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.constantFrom('csv' as const, 'ndjson' as const), fc.string(), (format, text) => {
      readSubjectFile(format, text);
    }),
    { seed: 4 },
  );
});
