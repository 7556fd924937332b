/** Which build of the console is served: its page says so, and a page that is open compares it with its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const told = /<meta name="nattfrid-build" content="([\w-]{1,40})"/;

/** @param folder of the built console @returns undefined where its page does not say */
export function consoleBuild(folder: string): string | undefined {
  try {
    return told.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1];
  } catch {
    // That there is no page is said where it is served.
    return undefined;
  }
}
