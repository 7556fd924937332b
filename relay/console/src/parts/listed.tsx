/** A few as cards, more as a table whose lines unfold to the same cards. */
import type { ReactNode } from 'react';
import { few, Table, type TableProps } from './table.tsx';

export function Listed<Row>({
  cards,
  ...table
}: Omit<TableProps<Row>, 'more'> & {
  /** Some of them as they stand in no table. */
  readonly cards: (rows: readonly Row[]) => ReactNode;
}) {
  return table.rows.length > few ? <Table {...table} more={(row) => cards([row])} /> : cards(table.rows);
}
