/** CSV as RFC 4180 has it: fields in quotes may hold commas, quotes and lines. */

export interface CsvRow {
  /** From 1: where it begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Rows in order, empty lines left out; null where a quote is never closed. */
export function readCsv(text: string): CsvRow[] | null {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  let began = 1;
  let at = 0;
  const end = () => {
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: began, fields });
    fields = [];
    began = line;
  };
  while (at < text.length || fields.length > 0) {
    let field: string;
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      if (close < 0) return null;
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    } else {
      const plain = /[^,\r\n]*/y;
      plain.lastIndex = at;
      field = plain.exec(text)![0];
      at = plain.lastIndex;
    }
    line += field.split('\n').length - 1;
    fields.push(field);
    if (text[at] === ',') {
      at++;
      if (at === text.length) fields.push('');
      else continue;
    }
    const newline = /[^\n]*\n?/y;
    newline.lastIndex = at;
    if (newline.exec(text)![0].endsWith('\n')) line++;
    at = newline.lastIndex;
    end();
  }
  return rows;
}

/** The quote that ends the field whose first one is at `open`: one that no other follows. -1: there is none. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
