/** Pure. The lines of a table: found by what is written, chosen, in order, a page at a time, and as a file. */
import { csv } from '@nattfrid/shared/table/write-csv';
import { plain } from '../state/plain.ts';

export interface Column<Row> {
  /** Its name in the address. */
  readonly id: string;
  readonly head: string;
  /** What it is in order of; undefined stands last, whichever way. */
  readonly value: (row: Row) => string | number | undefined;
  /** As it is read, found and written into a file; absent: the value. */
  readonly words?: (row: Row) => string;
  /** Stays on the screen: a file lies about on computers of others. */
  readonly notInFile?: true;
}

/** Some of the rows, at a press. */
export interface Choice<Row> {
  readonly id: string;
  readonly words: (count: number) => string;
  readonly holds: (row: Row) => boolean;
}

export interface Chosen {
  /** Column; absent: the rows stand as they were given. */
  readonly sort?: string | undefined;
  readonly down?: boolean;
  readonly choice?: string | undefined;
  readonly sought?: string;
}

/** So many lines are one page of a table. */
export const pageOfRows = 100;

const textOf = <Row>({ value, words }: Column<Row>, row: Row): string => words?.(row) ?? String(value(row) ?? '');

/** @param language in whose order words are: numbers within them count as numbers @returns those that are meant, in their order */
export function chosenRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  choices: readonly Choice<Row>[],
  { sort, down = false, choice, sought = '' }: Chosen,
  language: string,
): readonly Row[] {
  const words = plain(sought.trim()).split(/\s+/).filter(Boolean);
  const holds = choices.find(({ id }) => id === choice)?.holds ?? (() => true);
  const found = rows.filter((row) => {
    if (!holds(row)) return false;
    const text = words.length > 0 ? plain(columns.map((column) => textOf(column, row)).join(' ')) : '';
    return words.every((word) => text.includes(word));
  });
  const column = columns.find(({ id }) => id === sort);
  if (!column) return found;
  const order = new Intl.Collator(language, { numeric: true });
  const turn = down ? -1 : 1;
  return found.toSorted((a, b) => {
    const [one, other] = [column.value(a), column.value(b)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    if (typeof one === 'number' && typeof other === 'number') return turn * (one - other);
    return turn * order.compare(String(one), String(other));
  });
}

/** What a press on a heading comes to: upwards, downwards, and as the rows were given. */
export function pressed({ sort, down = false }: Chosen, column: string): Pick<Chosen, 'sort' | 'down'> {
  if (sort !== column) return { sort: column, down: false };
  return down ? { sort: undefined, down: false } : { sort: column, down: true };
}

/** Which lines a page holds; a page that is no more is the last. @param page from 0 */
export function pageOf(count: number, page: number): { readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(count / pageOfRows));
  return { page: Math.min(Math.max(0, page), pages - 1), pages };
}

/** @returns CSV (RFC 4180) in UTF-8 with a byte order mark: a spreadsheet that lacks it takes «å» for two signs */
export const fileOf = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string => {
  const told = columns.filter(({ notInFile }) => !notInFile);
  const cell = (column: Column<Row>, row: Row) => {
    const value = column.words ? undefined : column.value(row);
    return typeof value === 'number' ? value : textOf(column, row);
  };
  return `\uFEFF${csv([told.map(({ head }) => head), ...rows.map((row) => told.map((column) => cell(column, row)))])}`;
};
