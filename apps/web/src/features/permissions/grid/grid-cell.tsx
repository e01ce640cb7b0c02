/** One cell: the control itself, with its value as its text. No checkbox inside, one tab stop in the whole grid. */
import type { CellExplanation } from '@reeve/policy';
import { clsx } from 'clsx';
import { Check, Filter, Hand, Minus, X } from 'lucide-react';
import { memo } from 'react';

/** Drawn by hand: what EffectPill shows, without a component for each of hundreds of cells. */
const LOOK = {
  allow: { word: 'Allow', Icon: Check, style: 'bg-allow-fill text-allow' },
  approve: { word: 'Ask', Icon: Hand, style: 'bg-ask-fill text-ask' },
  deny: { word: 'Deny', Icon: X, style: 'text-deny ring-1 ring-inset ring-deny' },
  none: { word: 'No', Icon: Minus, style: 'text-faint' },
} as const;

export interface ShownCell {
  readonly effect: keyof typeof LOOK;
  readonly when: string | undefined;
  /** The role it comes from, when not its own. */
  readonly from: string | undefined;
  /** The base's answer, when the draft says otherwise. */
  readonly was: string | undefined;
  readonly humanOnly: boolean;
}

export function shownCell(now: CellExplanation, before: CellExplanation | undefined): ShownCell {
  const { effective, inherited, humanOnly } = now;
  const changed =
    before !== undefined && (before.own?.effect !== now.own?.effect || before.own?.when !== now.own?.when);
  return {
    effect: shownEffect(effective?.effect),
    when: effective?.when,
    from: inherited ? effective?.role : undefined,
    was: changed ? LOOK[shownEffect(before.effective?.effect)].word : undefined,
    humanOnly,
  };
}

const shownEffect = (effect: 'allow' | 'approve' | 'deny' | undefined) => effect ?? 'none';

/** Everything in one sentence, for those who hear it. */
const spoken = ({ effect, when, from, was, humanOnly }: ShownCell): string =>
  [
    LOOK[effect].word,
    when === undefined ? '' : 'with a condition',
    from === undefined ? '' : `inherited from ${from}`,
    was === undefined ? '' : `changed from ${was}`,
    humanOnly ? 'human-only' : '',
  ]
    .filter(Boolean)
    .join(', ');

export interface CellProps {
  readonly cell: ShownCell;
  readonly role: string;
  readonly column: number;
  readonly selected: boolean;
  readonly focused: boolean;
}

/** A step to the side draws a new column in each row in view; the cells beside it stay as they are. */
export const GridCell = memo(function GridCell({ cell, role, column, selected, focused }: CellProps) {
  return (
    <td
      aria-colindex={column + 2}
      aria-selected={selected}
      aria-label={spoken(cell)}
      data-role={role}
      data-focused={focused || undefined}
      tabIndex={focused ? 0 : -1}
      title={cell.from === undefined ? cell.when : `inherited from ${cell.from}`}
      className={clsx(CELL, selected && 'bg-accent-soft')}
    >
      {cellMark(cell)}
    </td>
  );
}, sameCell);

/** A function and not a component, of which there would be hundreds. */
export function cellMark(cell: ShownCell) {
  const { word, Icon, style } = LOOK[cell.effect];
  return (
    <span
      aria-hidden
      className={clsx(
        'flex h-[22px] items-center justify-center gap-1 rounded-chip text-12',
        style,
        cell.effect !== 'none' && 'font-medium',
        cell.was !== undefined && 'outline-2 -outline-offset-1 outline-accent',
      )}
    >
      <Icon size={12} className="shrink-0" />
      <span className={clsx(cell.from !== undefined && 'underline decoration-dotted underline-offset-2')}>
        {word}
      </span>
      {cell.when !== undefined && <Filter size={10} className="shrink-0" />}
    </span>
  );
}

function sameCell(a: CellProps, b: CellProps): boolean {
  return (
    a.selected === b.selected &&
    a.focused === b.focused &&
    a.column === b.column &&
    a.role === b.role &&
    a.cell.effect === b.cell.effect &&
    a.cell.when === b.cell.when &&
    a.cell.from === b.cell.from &&
    a.cell.was === b.cell.was &&
    a.cell.humanOnly === b.cell.humanOnly
  );
}

const CELL =
  'scroll-mt-11 scroll-mb-2 scroll-ml-[calc(var(--grid-head)+8px)] scroll-mr-2 border-b border-line px-1 outline-none select-none focus:shadow-[inset_0_0_0_2px_var(--focus)]';

/** A group's cell counts; what is done to it is done to its tools. */
export function GroupCell({
  granted,
  total,
  role,
  column,
  selected,
  focused,
}: Omit<CellProps, 'cell'> & { readonly granted: number; readonly total: number }) {
  return (
    <td
      aria-colindex={column + 2}
      aria-selected={selected}
      aria-label={`${granted} of ${total} granted`}
      data-role={role}
      data-focused={focused || undefined}
      tabIndex={focused ? 0 : -1}
      className={clsx(CELL, 'text-center text-12 text-faint', selected ? 'bg-accent-soft' : 'bg-sunken')}
    >
      {granted}/{total}
    </td>
  );
}
