/** Reads what a bench has collected of units: one JSON value of `nattfrid-agent label --json` each, in a list or a line each. */
import { readFileSync } from 'node:fs';
import { NewLabel } from '@nattfrid/shared/desk/stock-view';
import { Fault } from '@nattfrid/shared/fault/fault';
import { z } from 'zod';

/** The article may be left out: it is a night supervision unit then, and its individual number is its name. */
const InFile = z
  .looseObject({ unit: z.string(), article: z.looseObject({}).optional() })
  .transform(({ unit, article, ...rest }) => ({
    ...rest,
    unit,
    article: { number: 'nattfrid', individual: unit, authority: 'SoL', ...article },
  }))
  .pipe(NewLabel);

/** @returns a Fault that names the first that is wrong */
export function readLabelFile(file: string): readonly NewLabel[] | Fault {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    return new Fault('file-missing', `The labels ${file} cannot be read. Check the path and its rights.`, { cause });
  }
  try {
    const all: unknown = text.startsWith('[') ? JSON.parse(text) : text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    const read = z.array(InFile).min(1).max(5000).safeParse(all);
    if (read.success) return read.data;
    const issue = read.error.issues[0];
    return new Fault('request-invalid', `${file} is wrong at «${issue?.path.join('.') ?? ''}»: ${issue?.message ?? ''}.`);
  } catch (cause) {
    return new Fault('file-unreadable', `${file} is no JSON: it holds a list, or one label a line.`, { cause });
  }
}
