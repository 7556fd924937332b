/** The door to csv-parse for files of the assistive-device system. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { There } from './reconcile.ts';

const Line = z.object({
  individual: z.string().trim().min(1),
  state: z.string().trim().optional(),
  client: z.string().trim().optional(),
});

/** @param csv RFC 4180, commas or semicolons, with a line of heads: `individual`, and perhaps `state` and `client` @returns its lines, or what is wrong with it */
export function readStockFile(csv: string): readonly There[] | Fault {
  try {
    const rows: unknown = parse(csv, {
      ...{ columns: (heads: string[]) => heads.map((head) => head.trim().toLowerCase()), delimiter: [',', ';'] },
      ...{ bom: true, trim: true, skip_empty_lines: true, max_record_size: 10_000 },
    });
    const lines = z.array(Line).safeParse(rows);
    if (lines.success) return lines.data.map(({ individual, state, client }) => ({ individual, state, client }));
    const [issue] = lines.error.issues;
    const line = Number(issue?.path[0] ?? 0) + 2;
    return new Fault(
      'request-invalid',
      `Line ${line} of the file has no «individual»: the head of the column is missing, or the line is empty there.`,
    );
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    return new Fault('request-invalid', `The file is no CSV: ${words}`, { cause });
  }
}
