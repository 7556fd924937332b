/** Scores a folder of recorded observations: every clip is decided anew, and none is played. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Asked } from './arguments.ts';
import type { Light } from './condition.ts';
import { printClip } from './print-clip.ts';
import type { Recorded } from './record.ts';
import { readRecords } from './records-folder.ts';
import { type ScoreRun, scoreAgain } from './score-run.ts';
import type { ScoredClip } from './scored-clip.ts';

/** Prints each clip as it is scored. @throws Fault where a light has no observations, or something was asked that needs recordings */
export async function decideAllAgain(asked: Asked): Promise<ScoreRun> {
  if (asked.vary || asked.recordInto !== undefined)
    throw new Fault('request-invalid', `${asked.folder} holds no recordings: nothing can be varied or recorded anew.`);
  const scored = new Map<string, readonly ScoredClip[]>();
  const records = new Map<Light, readonly Recorded[]>();
  for (const light of asked.lights) {
    const kept = (await readRecords(asked.folder, light)).filter(({ clip }) => asked.only.test(clip.file));
    if (kept.length === 0)
      throw new Fault('file-missing', `${asked.folder} holds no observations in this light: ${light}.`);
    records.set(light, kept);
    scored.set(
      light,
      kept.map((one) => scoreAgain(one)),
    );
    for (const one of scored.get(light)!)
      console.log(
        asked.json ? JSON.stringify({ type: 'clip', light, ...one }) : `${light.padEnd(5)}  ${printClip(one)}`,
      );
  }
  return {
    scored,
    records,
    clips: records
      .values()
      .next()
      .value!.map(({ clip }) => clip),
    nameless: 0,
  };
}
