/** Cameras of the table of manners, played to the unit's own camera and decoder: what must come of each, comes. All of them: npm run bench -- cameras. */
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { describe, expect, it } from 'vitest';
import { judgeRow } from '../../bench/cameras/verdict.ts';
import { playUnit } from '../../bench/cameras.ts';
import { manners } from '../../stand-ins/test-camera/manners/table/manners.ts';

const ffmpeg = await findFfmpeg(process.env);
/** One of each kind that was mended by this table, and of each way to come out. */
const chosen = [
  'h265-b-pictures',
  'h265-donl',
  'h265-marker-per-slice',
  'annexb-in-fragments',
  'e14-nal-unknown',
  'bits-wrong',
  'count-back',
  'play-silent',
  'udp-only-461',
  'b16-length-short',
  'a6-raw-password',
  'jpeg-422',
  'pps-never',
  'h4-viewer-limit',
  'rtsps',
  'rtsps-other-certificate',
];
/** Nobody is compared with. */
const nothing = { first: undefined, perSecond: 0, hole: 0, whole: 0, spoilt: 0, misdated: 0 };

describe.concurrent('of a manner comes what must', { timeout: 60_000 }, () => {
  for (const manner of manners.filter(({ name }) => chosen.includes(name)))
    it(`${manner.name}: ${manner.does}`, async () => {
      const unit = await playUnit(manner, ffmpeg);
      const verdict = judgeRow({ manner, unit, ffmpeg: nothing });
      expect({ ...verdict, faults: unit.faults.map(({ message }) => message) }).toMatchObject({
        how: typeof manner.comes === 'object' && 'refused' in manner.comes ? 'refused' : 'well',
      });
      // The half of them, whatever else the machine has to do.
      if (manner.comes === 'well')
        expect(unit.perSecond).toBeGreaterThan(Math.min(10, manner.film?.perSecond ?? 10) / 2);
    });
});
