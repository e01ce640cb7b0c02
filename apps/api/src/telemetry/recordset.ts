/** Many rows as one parameter: PostgreSQL reads them with `json_to_recordset`. */
export const recordsetOf = (columns: Readonly<Record<string, string>>, parameter = '$1'): string =>
  `json_to_recordset(${parameter}::json) AS r(${Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ')})`;

/** Rows as that parameter. PostgreSQL's texts hold no NUL and no half of a surrogate pair. */
export const rowsText = (rows: readonly object[]): string =>
  JSON.stringify(rows).replaceAll(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\ufffd');

export const namesOf = (columns: readonly string[], of = ''): string =>
  columns.map((name) => `${of}"${name}"`).join(', ');
