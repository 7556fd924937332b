/** Pictures for `docs/console`: each page of the console once, small, and a page that shows them. Drawn homes alone. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { walkAll } from './walk-all.ts';

const run = promisify(execFile);

/** px; a longer page is cut off below. */
const [wide, high] = [
  { desk: 960, phone: 390 },
  { desk: 1500, phone: 1100 },
] as const;
/** In a car, and in the middle of something. */
const onPhone = /^(watch|round|car|visits|alarm)$|^look, live$/;
/** With figures in them: the municipality of the walk is one evening old. */
const withFigures = /^statistics, of a month$|^unit, its week$/;
/** What the first who is asked may not see: there is nothing on it but that. */
const refused = /^(work-orders?|install-\w+|pair)-operator$/;
/** All of them together, in bytes. */
const most = 3_000_000;

/** @param folder emptied first @returns how many pictures there are now, and their bytes */
export async function picturesForDocs(
  chromium: string,
  folder: string,
): Promise<{ readonly many: number; readonly bytes: number }> {
  const ffmpeg = findFfmpeg();
  if (!ffmpeg) throw new Error('There is no ffmpeg here: run scripts/setup, or name one in NATTFRID_FFMPEG.');
  const drawn = mkdtempSync(join(tmpdir(), 'nattfrid-docs-'));
  try {
    const every = { chromium, out: drawn, whole: false } as const;
    const both = { languages: ['sv', 'en'], themes: ['dark', 'light'] } as const;
    await walkAll({ ...every, ...both, widths: ['desk'], once: true });
    const dark = { languages: ['sv'], themes: ['dark'] } as const;
    await walkAll({ ...every, ...dark, widths: ['phone'], only: onPhone, roles: ['operator', 'night-patrol'] });
    const light = { languages: ['sv'], themes: ['light'] } as const;
    await walkAll({ ...every, ...light, widths: ['desk'], only: withFigures, roles: ['coordinator'] });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const made = [];
    for (const name of readdirSync(drawn).toSorted()) {
      const [, what = '', language = '', theme = '', width] =
        /^(.*)-(sv|en)-(dark|light)-(desk|phone)\.png$/.exec(name) ?? [];
      if ((width !== 'desk' && width !== 'phone') || refused.test(what)) continue;
      const file = `${what}-${width}.webp`;
      const small = `scale=${wide[width]}:-2,crop=iw:min(ih\\,${high[width]}):0:0`;
      await run(ffmpeg, [
        '-v',
        'error',
        '-i',
        join(drawn, name),
        '-vf',
        small,
        '-quality',
        '55',
        '-y',
        join(folder, file),
      ]);
      made.push({ file, what, language, theme, width });
    }
    const bytes = made.reduce((sum, { file }) => sum + statSync(join(folder, file)).size, 0);
    if (bytes > most) throw new Error(`The pictures are ${bytes} B together, and may be ${most}.`);
    writeFileSync(join(folder, 'README.md'), `${pageOf(made).trimEnd()}\n`);
    return { many: made.length, bytes };
  } finally {
    rmSync(drawn, { recursive: true });
  }
}

interface Picture {
  readonly file: string;
  readonly what: string;
  readonly language: string;
  readonly theme: string;
  readonly width: string;
}

function pageOf(made: readonly Picture[]): string {
  const tongue: Readonly<Record<string, string>> = { sv: 'Swedish', en: 'English' };
  const part = (heading: string, width: string) => [
    `## ${heading}`,
    '',
    ...made
      .filter((one) => one.width === width)
      .flatMap(({ file, what, language, theme }) => [
        `### ${what.replaceAll('-', ' ')}`,
        `${tongue[language]}, ${theme}`,
        '',
        `![${what.replaceAll('-', ' ')}](${file})`,
        '',
      ]),
  ];
  return [
    '# The console in pictures',
    '',
    'Each page once, as whoever is named has it, in a municipality that is made up: drawn homes, no camera, nobody who lives. Made by',
    '`npm run screens -- --docs docs/console`; a long page is cut off below. What is tried of them: [screens](../screens.md).',
    '',
    ...part('On a telephone', 'phone'),
    ...part('At a desk', 'desk'),
  ].join('\n');
}
