/** A column of times: in the order of time, with day and hour in a file, and as a person says it on the screen. */
import { stamp } from '../words/times.ts';
import type { ShownColumn } from './table.tsx';
import { When } from './when.tsx';

/** @param of an instant as ISO 8601; undefined: there is none, «–» */
export function timeColumn<Row>(id: string, head: string, of: (row: Row) => string | undefined): ShownColumn<Row> {
  return {
    id,
    head,
    value: of,
    words(row) {
      const at = of(row);
      return at === undefined ? '–' : stamp(at);
    },
    show(row) {
      const at = of(row);
      return at === undefined ? '–' : <When at={at} />;
    },
  };
}
