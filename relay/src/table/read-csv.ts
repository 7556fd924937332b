/** The door to csv-parse: a file that somebody has given, line by line, by the heads of its columns. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { parse } from 'csv-parse/sync';

export interface CsvLine {
  /** In the file, the first being 1. */
  readonly line: number;
  /** Column, in small letters > what stands in it; empty where the line is too short. */
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * @param csv RFC 4180, commas or semicolons, with a line of heads
 * @param needed columns that must be there, in small letters
 * @returns a Fault `request-invalid` where it is no CSV, or lacks a column
 */
export function readCsv(csv: string, needed: readonly string[]): readonly CsvLine[] | Fault {
  try {
    const records: { record: string[]; info: { lines: number } }[] = parse(csv, {
      bom: true,
      delimiter: [',', ';'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as never;
    const [first, ...rest] = records;
    const names = (first?.record ?? []).map((name) => name.toLowerCase());
    const lacking = needed.filter((head) => !names.includes(head));
    if (lacking.length > 0)
      return new Fault(
        'request-invalid',
        `The first line must name the columns ${needed.join(', ')}; there is no ${lacking.join(', ')}.`,
      );
    return rest.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(names.map((name, index) => [name, record[index] ?? ''])),
    }));
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    return new Fault('request-invalid', `The file is no CSV: ${words.slice(0, 200)}`);
  }
}
