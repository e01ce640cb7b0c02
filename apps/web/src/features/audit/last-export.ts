/** The file that was exported last, until it is verified: in memory only, so that its verification is one step away. */
let last: File | null = null;

export function keepExport(file: File): void {
  last = file;
}

/** Once: a later visit begins empty. */
export function takeExport(): File | null {
  const file = last;
  last = null;
  return file;
}
