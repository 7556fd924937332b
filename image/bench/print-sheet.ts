/** The sheet that is printed: A4 with two by four labels of 99.1 × 67.7 mm, as HTML, and as PDF where there is a Chromium. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { find, run } from '../tools.ts';
import { type BenchFolder, eraseWithin, type KeptLabel } from './bench-folder.ts';
import { drawLabel, type LabelLanguage, labelSize } from './draw-label.ts';

const across = 2;
const down = 4;
/** Between two labels side by side, millimetres. */
const gap = 2.5;
const left = (210 - across * labelSize.width - (across - 1) * gap) / 2;
const top = (297 - down * labelSize.height) / 2;

/** Pure. */
export function sheetOf(labels: readonly KeptLabel[], language: LabelLanguage): string {
  const pages: string[] = [];
  for (let first = 0; first < labels.length; first += across * down) {
    const drawn = labels.slice(first, first + across * down).map((label, index) => {
      const x = left + (index % across) * (labelSize.width + gap);
      const y = top + Math.floor(index / across) * labelSize.height;
      return `<div class="label" style="left:${x.toFixed(2)}mm;top:${y.toFixed(2)}mm">${drawLabel(label, language)}</div>`;
    });
    pages.push(`<section>${drawn.join('\n')}</section>`);
  }
  return `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><title>Nattfrid</title>
<style>
@page { size: A4; margin: 0 }
body { margin: 0; background: #fff }
section { position: relative; width: 210mm; height: 296.9mm; overflow: hidden; break-after: page }
section:last-child { break-after: auto }
.label { position: absolute; width: ${labelSize.width}mm; height: ${labelSize.height}mm }
.label svg { display: block }
</style>
${pages.join('\n')}
</html>
`;
}

export interface Printed {
  readonly html: string;
  /** Absent: there is no Chromium here, or it has failed. */
  readonly pdf: string | undefined;
}

/** Makes both anew out of all labels of the folder. */
export async function printSheet(folder: BenchFolder, language: LabelLanguage): Promise<Printed> {
  const html = folder.write('sheet.html', sheetOf(folder.labels, language));
  const chromium = ['chromium', 'chromium-browser', 'google-chrome-stable'].map(find).find((one) => one !== undefined);
  if (!chromium) return { html, pdf: undefined };
  const pdf = join(folder.path, 'sheet.pdf');
  // What the browser keeps for itself lies in the folder too, and is overwritten.
  const profile = join(folder.path, 'browser');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  // For its owner alone, whoever makes it first.
  folder.write('sheet.pdf', '');
  try {
    await run(chromium, [
      ...['--headless=new', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...[`--user-data-dir=${profile}`, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`, pathToFileURL(html).href],
    ]);
  } catch {
    // An empty one stays.
  } finally {
    eraseWithin(profile);
    rmSync(profile, { recursive: true, force: true });
  }
  if (statSync(pdf).size > 0) return { html, pdf };
  rmSync(pdf);
  return { html, pdf: undefined };
}
