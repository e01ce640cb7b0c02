import { explainCell, EMPTY_POLICY, type PolicyDocument } from '@reeve/policy';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parsePattern, patternText, tiled, type Pattern } from './cell-pattern.js';
import { GRID_HELP, gridCommand } from './grid-keys.js';
import { explainer, gridRows } from './grid-model.js';
import { cellWidths, headWidth } from './grid-widths.js';
import { moved, rectangle, selectAt, selectedCells, spanning, type Move } from './grid-selection.js';

const CLASSES = ['read', 'write', 'dangerous', 'human_only'] as const;
const TOOLS = Array.from({ length: 24 }, (_, i) => `s${i % 3}.tool_${i}`);
const ROLES = ['viewer', 'support', 'lead', 'finance', 'admin'];
const document: PolicyDocument = {
  ...EMPTY_POLICY,
  tools: Object.fromEntries(
    TOOLS.map((name, i) => [
      name,
      {
        class: CLASSES[i % 4]!,
        justification: 'as recorded in the seed',
        description: '',
        owner: '',
        server: name.split('.')[0]!,
        reversible: false,
        schema: {},
        untrustedOutput: false,
      },
    ]),
  ),
  roles: Object.fromEntries(
    ROLES.map((name, i) => [name, { title: '', description: '', inherits: ROLES.slice(0, i).slice(-1) }]),
  ),
};
const effect = fc.constantFrom('allow' as const, 'approve' as const, 'deny' as const);
const cells = fc.uniqueArray(
  fc.record({ role: fc.constantFrom(...ROLES), tool: fc.constantFrom(...TOOLS), effect }),
  { selector: ({ role, tool }) => `${role} ${tool}`, maxLength: 60 },
);

test('the grid says of every cell what the policy says', () => {
  fc.assert(
    fc.property(cells, (some) => {
      const policy = { ...document, cells: some };
      const explain = explainer(policy);
      for (const role of ROLES)
        for (const tool of TOOLS) expect(explain(role, tool)).toEqual(explainCell(policy, role, tool));
    }),
    { numRuns: 30 },
  );
});

describe('widths', () => {
  it('of the roles are each its own name’s, so that one long name costs one column', () => {
    const [short, long, longest] = cellWidths(['a', 'support_lead_night_shift', 'x'.repeat(80)]);
    expect(long).toBeGreaterThan(short!);
    expect(longest).toBe(200);
  });
  it('of the tools leave most of a narrow grid to the roles', () => {
    const tools = ['update_reservation_passengers'];
    expect(headWidth(tools, 1_200)).toMatchObject({ compact: false });
    const { px, compact } = headWidth(tools, 408);
    expect(compact).toBe(true);
    expect(px + cellWidths(['customer', 'guest']).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(
      408,
    );
  });
});

const grouped = gridRows(document, { q: '', classes: [], grouping: 'server' });
const axes = { rows: grouped.map(({ key }) => key), roles: ROLES };

describe('rows', () => {
  it('are the actions of types as well, behind the tools, each type a group', () => {
    const actions = {
      read: { class: 'read' as const, title: '' },
      write: { class: 'write' as const, title: '' },
    };
    const record = { title: '', description: '', actions, schema: {}, register: 'required' as const };
    const cell = { role: 'admin', resourceType: 'record', action: 'read', effect: 'deny' as const };
    const policy = { ...document, resourceTypes: { record }, cells: [cell] };
    const keys = (grouping: 'none' | 'server') =>
      gridRows(policy, { q: 'record', classes: [], grouping }).map(({ key }) => key);
    expect(keys('none')).toEqual(['tool record:read', 'tool record:write']);
    expect(keys('server')).toEqual(['group record', 'tool record:read', 'tool record:write']);
    expect(explainer(policy)('admin', 'record:read').effective).toEqual(cell);
  });
  it('hold every tool once, under its group', () => {
    expect(grouped.filter((row) => row.kind === 'group')).toHaveLength(3);
    expect(grouped.filter((row) => row.kind === 'tool')).toHaveLength(TOOLS.length);
  });
  it('are what all words of the filter are in', () => {
    const rows = gridRows(document, { q: 'S1 tool_1', classes: ['write'], grouping: 'none' });
    expect(rows.map(({ key }) => key)).toEqual(['tool s1.tool_1', 'tool s1.tool_13']);
  });
});

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    by: fc.constant('step' as const),
    rows: fc.integer({ min: -40, max: 40 }),
    columns: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({
    by: fc.constant('edge' as const),
    row: fc.constantFrom('first' as const, 'last' as const, 'same' as const),
    column: fc.constantFrom('first' as const, 'last' as const, 'same' as const),
  }),
);

describe('a selection', () => {
  const origin = selectAt({ row: axes.rows[0]!, role: ROLES[0]! });

  test('never leaves the grid, and holds its focus', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(move, fc.boolean()), { maxLength: 20 }), (moves) => {
        const selection = moves.reduce((now, [by, extend]) => moved(axes, now, by, extend), origin);
        expect(axes.rows).toContain(selection.focus.row);
        expect(ROLES).toContain(selection.focus.role);
        const { top, bottom, left, right } = rectangle(axes, selection);
        const row = axes.rows.indexOf(selection.focus.row);
        const column = ROLES.indexOf(selection.focus.role);
        expect(row >= top && row <= bottom && column >= left && column <= right).toBe(true);
      }),
    );
  });

  it('grows with Shift and shrinks without', () => {
    const down = moved(axes, origin, { by: 'step', rows: 2, columns: 1 }, true);
    expect(rectangle(axes, down)).toEqual({ top: 0, bottom: 2, left: 0, right: 1 });
    expect(rectangle(axes, moved(axes, down, { by: 'step', rows: 1, columns: 0 }, false))).toEqual({
      top: 3,
      bottom: 3,
      left: 1,
      right: 1,
    });
  });

  it('of everything is every tool for every role, once', () => {
    const all = selectedCells(grouped, ROLES, rectangle(axes, spanning(origin, 'all')));
    expect(all).toHaveLength(TOOLS.length * ROLES.length);
  });

  it('of a group is its tools', () => {
    expect(selectedCells(grouped, ROLES, rectangle(axes, origin))).toHaveLength(8);
  });
});

describe('a pattern', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.record({ effect }),
    fc.record({ effect, when: fc.constantFrom('args.amount < 100', 'subject.id == "a"', 'true') }),
  );
  const pattern: fc.Arbitrary<Pattern> = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );

  test('comes back from the clipboard as it went', () => {
    fc.assert(
      fc.property(pattern, (one) => {
        expect(parsePattern(patternText(one))).toEqual(one);
      }),
    );
  });

  test('fills an area by repeating', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (one, height, width) => {
          const area = tiled(one, height, width);
          expect(area).toHaveLength(Math.max(height, one.length));
          area.forEach((line, row) =>
            line.forEach((cell, column) =>
              expect(cell).toBe(one[row % one.length]![column % one[0]!.length]),
            ),
          );
        },
      ),
    );
  });

  it.each(['', 'hello', 'allow\task\nallow', 'no when true'])('is not %j', (text) => {
    expect(parsePattern(text)).toBeNull();
  });
});

describe('keys', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', true>> = {},
  ) => gridCommand({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held }, 10);

  it.each([
    ['a', {}, { kind: 'effect', effect: 'allow' }],
    ['A', { shiftKey: true }, null],
    ['a', { ctrlKey: true }, { kind: 'span', span: 'all' }],
    [' ', { ctrlKey: true }, { kind: 'span', span: 'columns' }],
    [' ', { shiftKey: true }, { kind: 'span', span: 'rows' }],
    ['Z', { ctrlKey: true, shiftKey: true }, { kind: 'redo' }],
    ['z', { metaKey: true }, { kind: 'undo' }],
    ['Enter', { ctrlKey: true }, { kind: 'review' }],
    ['Enter', {}, { kind: 'menu' }],
    [
      'PageDown',
      { shiftKey: true },
      { kind: 'move', extend: true, move: { by: 'step', rows: 10, columns: 0 } },
    ],
    [
      'End',
      { ctrlKey: true },
      { kind: 'move', extend: false, move: { by: 'edge', row: 'last', column: 'last' } },
    ],
    ['a', { altKey: true }, null],
    ['Tab', {}, null],
  ] as const)('%j with %o means %o', (key, held, command) => {
    expect(press(key, held)).toEqual(command);
  });
});

it.each(GRID_HELP)('what the help says of %s is a key of the grid', (keys) => {
  const parts = keys.split('+');
  const key = parts.at(-1)!.replace('Space', ' ');
  const held = {
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    metaKey: false,
    altKey: false,
  };
  expect(gridCommand({ key, ...held }, 10)).not.toBeNull();
});
