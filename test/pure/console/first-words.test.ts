/** What the first file of the console says is among its words: what comes later would be shown as a key until it has come. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { svLater } from '@nattfrid/console/words/sv-later';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '../../../relay/console/src');

/** All that a file imports at once, and what that imports; not what is fetched later. */
function importedBy(file: string): ReadonlySet<string> {
  const found = new Set([file]);
  for (const one of found)
    for (const [, name = ''] of readFileSync(one, 'utf8').matchAll(
      /^(?:import|export)\s(?:[^;'"]*?from\s)?'(\.[^']+\.tsx?)'/gm,
    )) {
      const path = resolve(dirname(one), name);
      if (existsSync(path)) found.add(path);
    }
  return found;
}

it('nothing that the first file says comes in the file of later words', () => {
  const files = [...importedBy(join(source, 'main.tsx'))].filter((file) => !/\/words\/(sv|en)(-|\.)/.test(file));
  expect(files.length).toBeGreaterThan(150);
  const code = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const stems = new Set(Object.keys(svLater).map((key) => key.replace(/_(one|other)$/, '')));
  expect([...stems].filter((stem) => code.includes(`'${stem}'`))).toEqual([]);
});
