/** Pure. A recording as the line that goes into the table, for `npm run camera -- record-manners`. */
import type { LineOf } from '@nattfrid/agent/technician/record-command';
import { mannerOf } from './manner-of.ts';
import { printManner } from './print-manner.ts';

export const lineOf: LineOf = (recording) => {
  const { manner, unsaid } = mannerOf(recording);
  return { line: printManner(manner), unsaid };
};
