/** What parameter sets tell of a stream: size, and how many pictures may come before their turn. */
import { describe, expect, it } from 'vitest';
import { nalUnits } from '../../../agent/src/h264/annex-b.ts';
import { rememberSets, withSets } from '../../../agent/src/h264/parameter-sets.ts';
import { readSps } from '../../../agent/src/h264/sps.ts';
import { type DrawnSps, h264Pps, h264Slice, h264Sps } from './coded.ts';

describe('an H.264 parameter set', () => {
  for (const [name, given, depth] of [
    ['says how many pictures may come early', { references: 4, reordered: 2 }, 2],
    ['says that none may', { references: 4, reordered: 0 }, 0],
    ['says nothing: as many as it keeps', { references: 4 }, 4],
    ['says nothing: no more than its level has room for', { references: 16, level: 30 }, 6],
    ['keeps one reference: none', { references: 1 }, 0],
    ['counts in the order in which pictures are shown: none', { references: 4, orderType: 2 }, 0],
  ] as readonly (readonly [string, DrawnSps, number])[])
    it(name, () => expect(readSps(h264Sps(given))?.reorderDepth).toBe(depth));

  it('tells its size, of fields too', () => {
    expect(readSps(h264Sps({ columns: 80 }))).toMatchObject({ width: 1280, height: 480, framesOnly: true, id: 0 });
    expect(readSps(h264Sps({ interlaced: true, id: 5 }))).toMatchObject({
      width: 640,
      height: 480,
      framesOnly: false,
      id: 5,
    });
  });

  it('with zero bytes in it that nobody has marked, or behind it, is not taken apart', () => {
    const raw = Uint8Array.from([...h264Sps(), 0, 0, 1, 0, 7, 0, 0]);
    const sets = rememberSets({}, [raw, h264Pps()]);
    const [first] = nalUnits(withSets(sets, [h264Slice({ idr: true })]) ?? raw);
    expect(first).toEqual(Uint8Array.from([...h264Sps(), 0, 0, 3, 1, 0, 7]));
  });
});
