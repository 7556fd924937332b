import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { breaks } from '../prove/breaks.ts';
import { betweenFolders, folderOf, readHouse } from './imports.ts';
import { circles } from './tower.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** All sources of the product that git knows or would know. */
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.ts', '*.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (file) =>
      /^(agent|relay|shared|models)\//.test(file) && !file.endsWith('.d.ts') && !file.endsWith('vite.config.ts'),
  )
  .map((file) => {
    try {
      return { file, text: readFileSync(`${root}/${file}`, 'utf8') };
    } catch {
      return { file, text: '' };
    }
  })
  .filter(({ text }) => text !== '');
const offenders = (wrong: (text: string, file: string) => boolean) =>
  sources.filter(({ text, file }) => wrong(text, file)).map(({ file }) => file);

describe('the house', () => {
  it('says in the first line of each file what it is', () =>
    expect(offenders((text) => !text.replace(/^#!.*\n/, '').startsWith('/**'))).toEqual([]));

  it('reads the time and sets timers in one file only', () => {
    const allowed = /^shared\/src\/time\/clock\.ts$|^models\//;
    const touch = /\bDate\.now\(|new Date\(\)|\bperformance\.now\(|\bset(Timeout|Interval)\(|AbortSignal\.timeout\(/;
    expect(offenders((text, file) => !allowed.test(file) && touch.test(code(text)))).toEqual([]);
  });

  it('passes chance in, but where ids and keys are made', () =>
    expect(offenders((text) => /Math\.random\(/.test(code(text)))).toEqual([]));

  it('has no drawer for strangers', () =>
    expect(
      offenders((_text, file) =>
        /(^|\/)(util|utils|lib|helpers?|common|managers?|services?|misc|index)(\/|\.tsx?$)/.test(file),
      ),
    ).toEqual([]));

  it('has one way of writing in the relay: whoever begins a transaction elsewhere could commit what has failed', () => {
    const begins = /\.(transaction|startTransaction)\(|\bbegin (immediate|transaction)\b/i;
    // Those that copy and make whole databases, which no deed does.
    const allowed =
      /^relay\/src\/store\/(database|engine\/group-commit|copy-into|put-in-place|sqlite\/dialect|postgres\/postgres)\.ts$/;
    expect(
      offenders((text, file) => file.startsWith('relay/src/') && !allowed.test(file) && begins.test(code(text))),
    ).toEqual([]);
  });

  it('has no default exports and no barrels', () =>
    expect(offenders((text) => /^export default\b/m.test(text) || /^export \* from/m.test(text))).toEqual([]));

  it('keeps files that call themselves pure free of I/O and clocks', () => {
    const pure = (text: string) => /^\/\*\*\s*(\n \* )?Pure\./.test(text);
    expect(
      offenders(
        (text) =>
          pure(text) &&
          /^import (?!type )[^;]*from 'node:(fs|net|http|https|child_process|sqlite|dgram|tls|worker_threads)/m.test(
            text,
          ),
      ),
    ).toEqual([]);
    expect(offenders((text) => pure(text) && /\bsystemClock\b/.test(code(text)))).toEqual([]);
  });

  it('has no way of keeping a picture in the browser: no copy of a canvas, no recording, no cache', () => {
    const keeps =
      /\b(toDataURL|toBlob|convertToBlob|captureStream|MediaRecorder|ImageCapture|showSaveFilePicker|getImageData|CacheStorage)\b|\bcaches\.|\bdownload=/;
    const worker = /^relay\/console\/src\/worker\/service-worker\.ts$/;
    expect(
      offenders((text, file) => file.startsWith('relay/console/') && !worker.test(file) && keeps.test(code(text))),
    ).toEqual([]);
  });

  it('keeps in the browser, by one service worker, the files alone that the console was built of', () => {
    const keeper = sources.find(({ file }) => file.endsWith('/service-worker.ts'));
    const kept = [...code(keeper?.text ?? '').matchAll(/\bcache\.(\w+)\(([^)]*\)?)/g)].map(
      ([, how, what]) => `${how} ${what}`,
    );
    expect(kept).toEqual(['addAll files.map((path)', 'put page, answer)']);
    // What shows pictures never speaks to it.
    const speaks = (text: string, file: string) =>
      /^relay\/console\/src\/(link|look|viewing)\//.test(file) && /serviceWorker/.test(code(text));
    expect(offenders(speaks)).toEqual([]);
  });

  it('names no path of the machine it was written on', () =>
    expect(offenders((text) => /['"`(\s](\/work\/|\/root\/|\/farm\/)/.test(text))).toEqual([]));
});

describe('the walls', () => {
  it('hold between a folder and those inside it too: no two folders import each other in a loop', () => {
    const { files, imports } = readHouse(root);
    expect(files.length).toBeGreaterThan(500);
    expect(circles([...new Set(files.map(folderOf))], betweenFolders(imports))).toEqual([]);
  });

  for (const { name, file, from } of breaks)
    it(`can be broken on purpose where test/prove/breaks.ts says: ${name}`, () =>
      expect(readFileSync(`${root}/${file}`, 'utf8').split(from)).toHaveLength(2));

  it('hold: no circle, no forbidden import', () => {
    const cruise = () => execFileSync('npm', ['run', '--silent', 'check:walls'], { cwd: root, encoding: 'utf8' });
    expect(cruise()).toMatch(/no dependency violations found \(\d{2,} modules/);
  });
});

/** The text without its comments. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
