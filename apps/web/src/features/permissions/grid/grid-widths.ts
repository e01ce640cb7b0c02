/** The widths of the grid's columns: as the names in them, within bounds. What is cut has its whole name on hover. */
const HEAD_PX = { least: 304, most: 440, letter: 7.3, beside: 120 };
const CELL_PX = { least: 104, most: 200, letter: 7.3, beside: 18 };
/** Of a narrow grid the names of the tools take no more: the roles are what is looked for. */
const HEAD_SHARE = 0.42;

/** `compact`: there is no room for words beside a name. */
export function headWidth(
  tools: readonly string[],
  gridPx: number,
): { readonly px: number; readonly compact: boolean } {
  const px = Math.min(
    widthFor(HEAD_PX, Math.max(0, ...tools.map(({ length }) => length))),
    Math.max(HEAD_PX.least / 2, Math.round(gridPx * HEAD_SHARE)),
  );
  return { px, compact: px < HEAD_PX.least };
}

export const cellWidths = (roles: readonly string[]): readonly number[] =>
  roles.map(({ length }) => widthFor(CELL_PX, length));

const widthFor = ({ least, most, letter, beside }: typeof CELL_PX, letters: number): number =>
  Math.min(most, Math.max(least, Math.ceil(letters * letter) + beside));
