/** Keeps the observations of one run as fixtures, with the figures that follow from them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import { fromText, toText } from './record.ts';
import { keepFigures, keepRecord } from './records-folder.ts';
import { figuresOf } from './regression-gate.ts';
import { type ScoreRun, scoreAgain } from './score-run.ts';
import type { ScoredClip } from './scored-clip.ts';

/** Kept observations are rounded: the figures are theirs, and a clip whose alarms differ from the live ones is printed. */
export async function keepFixtures({ scored, records }: ScoreRun, folder: string): Promise<void> {
  if ([...scored.values()].flat().some(({ fall }) => fall.outcome === 'not-played'))
    throw new Fault('file-unreadable', 'Not every clip could be played: nothing is kept.');
  await mkdir(folder, { recursive: true });
  const again = new Map<string, readonly ScoredClip[]>();
  for (const [light, kept] of records) {
    const rounded = kept.map((one) => fromText(toText(one)));
    for (const one of rounded) await keepRecord(folder, light, one);
    again.set(light, rounded.map(scoreAgain));
    for (const one of again.get(light)!) {
      const live = scored.get(light)!.find(({ file }) => file === one.file);
      const words = (clip: ScoredClip | undefined) =>
        clip?.alarms
          .map(({ kind, phase, code }) => `${kind} ${phase} ${code}`)
          .sort()
          .join(', ');
      if (words(live) !== words(one))
        console.error(`${light} ${one.file}: live ${words(live)}; decided again ${words(one)}`);
    }
  }
  await keepFigures(join(folder, 'figures.json'), figuresOf(again));
  console.error(`\nWhat was seen is kept in ${folder}`);
}
