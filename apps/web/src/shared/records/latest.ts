/** A row as it is now, also while a dialog is open on it: the next attempt carries the version that won. */
export const latest = <Row>(rows: readonly Row[] | undefined, row: Row, idOf: (row: Row) => string): Row =>
  rows?.find((each) => idOf(each) === idOf(row)) ?? row;
