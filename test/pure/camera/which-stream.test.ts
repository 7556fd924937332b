/** Which of two streams is passed on: told as a story of what comes, and what is passed. */
import type { Packet } from '@nattfrid/agent/camera/packet';
import { type StreamEvent, whichStream } from '@nattfrid/agent/camera/which-stream';
import { jpegFile } from '@nattfrid/agent/jpeg/file';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

/** A key of a stream: an MJPEG picture says its size in few bytes. */
const sized = (width: number, height: number) =>
  jpegFile({ width, height, sampling: '4:2:0', quantizers: [new Uint8Array(64).fill(1)], restartEvery: 0 }, []);
const sizes = { s: sized(320, 240), l: sized(1280, 960), w: sized(1280, 720) };

/**
 * `s3K` a key of the small stream taken at second 3, `l4` a picture of the large one, `w5K` a key of a wide large one, `l5R` one that
 * begins a refresh, `l6B` one that refers to before; in capitals at the front («!»): not wanted. `x`: the large one has ended, `s7G` a gap.
 */
function event(word: string): StreamEvent {
  if (word === 'x') return { type: 'large-over' };
  const [, unwanted = '', stream = 's', second = '0', kind = ''] = /^(!?)([slw])([\d.]+)([KRBG]?)$/.exec(word) ?? [];
  const at = instant(Number(second) * 1000);
  const from = stream === 's' ? 'small' : 'large';
  if (kind === 'G') return { type: 'came', from, wanted: true, item: { type: 'gap', from: at, at, why: 'too-slow' } };
  const item: Packet = {
    ...{ type: 'packet', at, codec: 'mjpeg', key: kind === 'K' || kind === 'R', data: sizes[stream as 's'] },
    ...(kind === 'R' && { wholeAfter: 5 }),
    ...(kind === 'B' && { leading: true as const }),
  };
  return { type: 'came', from, wanted: unwanted === '', item };
}

function passed(story: string): string {
  let state = whichStream.initial;
  const told: string[] = [];
  for (const word of story.split(' ')) {
    const [next, effects] = whichStream.step(state, event(word));
    state = next;
    for (const one of effects)
      told.push(one.type === 'pass' ? (one.item.type === 'gap' && !word.endsWith('G') ? 'gap' : word) : 'shape');
    if (effects.filter((one) => one.type === 'pass').length > 1) told.push(word);
  }
  return told.join(' ').replace(/(\S+) \1\b/g, '$1');
}

describe('of two streams', () => {
  for (const [story, comes, goes] of [
    ['the small one is passed on', '!s1K !s2 !s3', '!s1K !s2 !s3'],
    ['the large one from its first key on, where it is wanted', 's1K l2 s3 l4K s5 l6', 's1K s3 l4K l6'],
    ['the small one alone, where the large one is not wanted', '!s1K !l2K !s3', '!s1K !s3'],
    ['nothing older than what was passed', 's1K s5 l4K s6 l7K', 's1K s5 s6 l7K'],
    ['no key that begins a refresh', 's1K l2R s3', 's1K s3'],
    ['the large one up to the next key of the small one', 's1K l2K !s3 !l4 !s5K !l6 !s7', 's1K l2K !l4 !s5K !s7'],
    ['nothing that refers to a picture of the other', 's1K l2K l3B l4 l5B', 's1K l2K l4'],
    ['of one alone all pictures', 's1K s2B s3', 's1K s2B s3'],
    ['no gap of the one that is not passed', 's1K l2K s3G l4', 's1K l2K l4'],
    ['a gap of the one that is', 's1K l2K l3G', 's1K l2K l3G'],
    ['the small one from its next key on, where the large one ends', 's1K l2K l2.5 x !s2.7 !s3K', 's1K l2K l2.5 !s3K'],
    ['a small one that only ever begins refreshes', 's1K l2K !s3R x !s3.1 !s3.5R !s4', 's1K l2K gap !s3.5R !s4'],
    ['the small one though the clock was set back meanwhile', 's1K s8.5 l9K x !s3K !s4', 's1K s8.5 l9K gap !s3K !s4'],
    ['and tells the time without a picture', 's1K l2K x !s5 !s6K', 's1K l2K gap !s6K'],
    ['the small one, where the large one has another shape', 's1K w2K s3', 's1K shape s3'],
  ] as const)
    it(`passes on ${story}`, () => expect(passed(comes)).toBe(goes));
});
