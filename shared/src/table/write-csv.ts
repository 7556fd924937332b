/** Pure. Lines of CSV (RFC 4180) that a spreadsheet opens, and runs nothing of. */

/** A spreadsheet would take what begins so for a formula, and run it. */
const formula = /^[=+\-@\t\r]/;

const cellOf = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `"${(formula.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** @param cells texts stand in quotes, numbers without @returns one line, with the CRLF that ends it */
export const csvRow = (cells: readonly (string | number)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** The same of all lines of a table, a line of heads first. */
export const csv = (rows: readonly (readonly (string | number)[])[]): string => rows.map(csvRow).join('');
