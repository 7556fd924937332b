/** A marked bed is looked into by itself: at once, then ever more seldom, and not while somebody is tracked there. */
import { type BedLookInput, type BedLooks, bodyIn, lookIntoBeds } from '@nattfrid/agent/perceive/bed-look';
import type { VisionModels } from '@nattfrid/agent/perceive/models';
import type { Detection } from '@nattfrid/agent/perceive/nanodet';
import type { Track } from '@nattfrid/agent/perceive/track';
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const bed: Polygon = [
  [0.2, 0.2],
  [0.7, 0.2],
  [0.7, 0.8],
  [0.2, 0.8],
];
const [width, height] = [64, 48];
const plane = (length: number) => Uint8Array.from({ length }, (_, at) => 60 + (at % 50));
const pixels = { width, height, y: plane(width * height), u: plane(768), v: plane(768) };
const grey = { ...pixels, u: new Uint8Array(768).fill(128), v: new Uint8Array(768).fill(128) };

/** Whoever looks sees one person there, in shares of what is shown. */
function seeing(box: Box, score: number, at: { turn: number; side: number } = { turn: 0, side: 416 }) {
  const shown: string[] = [];
  const models = {
    detect: async ({ width: across }: { width: number }, turn: number, side: number): Promise<readonly Detection[]> => {
      shown.push(`${across} ${side}`);
      return turn === at.turn && side === at.side ? [{ kind: 'person', box, score, turn }] : [];
    },
  };
  return { models: models as unknown as VisionModels, shown };
}

async function looked(
  models: VisionModels,
  seconds: number,
  tracks: readonly Track[] = [],
  calmFor = 0,
  shown = pixels,
) {
  let looks: BedLooks = [];
  for (let at = 0; at < 1000 * seconds; at += 200) {
    const input: BedLookInput = { at: instant(at), beds: [bed], pixels: shown, noisy: false, tracks, calmFor };
    looks = await lookIntoBeds(looks, input, models);
  }
  return looks;
}

const along: Box = { x: 0.05, y: 0.3, width: 0.9, height: 0.4 };

describe('a look into a bed', () => {
  it('shows the part of the picture that holds it, and finds whoever is as long as it in the first picture', async () => {
    const { models, shown } = seeing(along, 0.44);
    expect(bodyIn((await looked(models, 0.2))[0])).toBe(0.44);
    expect(shown).toEqual(['38 416', '38 416', '38 416']);
  });

  it('takes a doll for nobody, whatever its score', async () => {
    const { models } = seeing({ x: 0.4, y: 0.4, width: 0.25, height: 0.2 }, 0.9);
    expect(bodyIn((await looked(models, 5))[0])).toBe(0);
  });

  it('counts, in a picture without colour, what the detector of the night says over what it says of an empty bed', async () => {
    const night = (score: number) => seeing(along, score, { turn: 0, side: 320 }).models;
    expect(bodyIn((await looked(night(0.4), 1, [], 0, grey))[0])).toBe(0);
    expect(bodyIn((await looked(night(0.72), 1, [], 0, grey))[0])).toBeGreaterThan(0.28);
    expect(bodyIn((await looked(seeing(along, 0.44).models, 1, [], 0, grey))[0])).toBe(0.44);
    expect(bodyIn((await looked(night(0.4), 1))[0])).toBe(0.4);
  });

  it('is repeated every second at first, and seldom where the room is asleep', async () => {
    const { models, shown } = seeing(along, 0.4);
    await looked(models, 60);
    expect(shown.length).toBeLessThan(24);
    const asleep = seeing(along, 0.4);
    await looked(asleep.models, 60, [], 1000);
    expect(asleep.shown.length).toBeLessThan(15);
  });

  it('is not needed while somebody is tracked there', async () => {
    const sleeper = { confirmed: true, seenAt: instant(0), box: { x: 0.3, y: 0.4, width: 0.3, height: 0.2 } } as Track;
    const { models, shown } = seeing(along, 0.4);
    await looked(models, 1.8, [sleeper]);
    expect(shown).toEqual([]);
  });
});
