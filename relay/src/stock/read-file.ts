/** Pure. A file of the assistive-device system, as far as stock is concerned. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { readCsv } from '../table/read-csv.ts';
import type { There } from './reconcile.ts';

/** @param csv with a column `individual`, and perhaps `state` and `client` @returns its lines, or what is wrong with it */
export function readStockFile(csv: string): readonly There[] | Fault {
  const lines = readCsv(csv, ['individual']);
  if (lines instanceof Fault) return lines;
  const empty = lines.find(({ cells }) => !cells['individual']);
  if (empty) return new Fault('request-invalid', `Line ${empty.line} of the file has no individual number.`);
  return lines.map(({ cells }) => ({
    individual: cells['individual'] ?? '',
    ...(cells['state'] && { state: cells['state'] }),
    ...(cells['client'] && { client: cells['client'] }),
  }));
}
