/** The dialog over a list: which one, and the row it is about as it is now. */
import { useState } from 'react';

export interface OpenDialog<What extends string, Row> {
  readonly what: What | null;
  readonly row: Row | undefined;
  readonly show: (what: What, row?: Row) => void;
  readonly close: () => void;
}

export function useDialog<What extends string, Row>(
  rows: readonly Row[] | undefined,
  idOf: (row: Row) => string,
): OpenDialog<What, Row> {
  const [open, setOpen] = useState<{ readonly what: What; readonly row: Row | undefined } | null>(null);
  return {
    what: open?.what ?? null,
    // The next attempt carries the version that won.
    row: open?.row && (rows?.find((each) => idOf(each) === idOf(open.row!)) ?? open.row),
    show: (what, row) => setOpen({ what, row }),
    close: () => setOpen(null),
  };
}
