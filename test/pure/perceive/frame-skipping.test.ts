/** Which pictures of a quiet room are skipped, and which never. */
import { maySkip, type SkipState } from '@nattfrid/agent/perceive/frame-skipping';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Draw, drawnCells, lamp, room, withBody } from './drawn.ts';

/** So many pictures a second for two seconds, the room quiet all along: which of them are looked at, by their time. */
function looked(rate: number, draw: (at: number) => Draw = () => room, { noise = 0.8, quiet = true } = {}) {
  let rest: SkipState | undefined;
  const times: number[] = [];
  for (let at = 0; at < 2000; at += 1000 / rate) {
    const cells = drawnCells(draw(at), at, noise);
    if (maySkip(rest, instant(at), cells)) rest = { ...rest!, at: instant(at) };
    else {
      rest = { at: instant(at), analysedAt: instant(at), light: cells.light, noise: noise * 0.6, quiet };
      times.push(at);
    }
  }
  return times;
}

const body = { x: 0.4, y: 0.5, width: 0.1, height: 0.15 };

describe('the pictures of a quiet room', () => {
  it.each([
    [10, 10],
    [20, 10],
    [15, 10],
    [7, 14],
    [5, 10],
    [2, 4],
  ])('of a camera with %d a second: five a second or more are looked at', (rate, least) => {
    const times = looked(rate);
    expect(times.length).toBeGreaterThanOrEqual(least);
    expect(times.length).toBeLessThanOrEqual(Math.max(14, least));
  });

  it.each([0.2, 0.8, 3, 8])('are passed over in the noise of a dark room too: %d grey values', (noise) => {
    expect(looked(10, () => room, { noise }).length).toBeLessThanOrEqual(11);
  });

  it.each<readonly [string, Draw]>([
    ['somebody comes in', withBody(room, body)],
    ['somebody hardly brighter than the room moves', withBody(room, body, 120)],
    ['an arm is lifted', withBody(room, { x: 0.5, y: 0.3, width: 0.05, height: 0.12 })],
    ['the lamp goes out', lamp(0.35, 0)(room)],
  ])('are looked at from the very picture in which %s', (_, other) => {
    for (const from of [1100, 1200]) expect(looked(10, (at) => (at < from ? room : other))).toContain(from);
  });

  it('are all looked at while somebody is in doubt', () => {
    expect(looked(10, () => room, { quiet: false })).toHaveLength(20);
  });
});
