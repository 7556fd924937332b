/** Background subtraction on drawn cells: what is learnt, what differs, another illumination, and what is taken over after a while. */
import { type Background, type SceneChange, stepBackground } from '@nattfrid/agent/perceive/background';
import { changedIn, knownIn } from '@nattfrid/agent/perceive/region-proposal';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Draw, drawnCells, lamp, room, withBody } from './drawn.ts';

const body: Box = { x: 0.4, y: 0.5, width: 0.2, height: 0.3 };
const elsewhere: Box = { x: 0.05, y: 0.1, width: 0.2, height: 0.3 };

interface Scene {
  readonly seconds: number;
  readonly draw: Draw;
  readonly persons?: readonly Box[];
  /** Pictures a second. */
  readonly rate?: number;
}

/** Through all scenes; what was noticed in the last picture of each. */
function play(...scenes: readonly Scene[]): readonly SceneChange[] {
  let state: Background | undefined;
  let at = 0;
  return scenes.map(({ seconds, draw, persons = [], rate = 10 }) => {
    let scene: SceneChange | undefined;
    for (let i = 0; i < seconds * rate; i++, at += 1000 / rate) {
      [state, scene] = stepBackground(state, { at: instant(at), cells: drawnCells(draw, at), persons });
    }
    return scene!;
  });
}

describe('the remembered room', () => {
  it('knows the room after some seconds, and finds nothing changed in it', () => {
    const [seen] = play({ seconds: 12, draw: room });
    expect(seen!.knownShare).toBeGreaterThan(0.95);
    expect(seen!.changedShare).toBeLessThan(0.01);
  });

  it('sees who comes in, where they are and only there', () => {
    const [, seen] = play({ seconds: 12, draw: room }, { seconds: 0.5, draw: withBody(room, body) });
    expect(changedIn(body, seen!.change)).toBeGreaterThan(0.6);
    expect(changedIn(elsewhere, seen!.change)).toBeLessThan(0.05);
  });

  it('does not absorb a person who lies still for ten minutes', () => {
    const [, seen] = play(
      { seconds: 12, draw: room },
      { seconds: 600, draw: withBody(room, body), persons: [body], rate: 0.5 },
    );
    expect(changedIn(body, seen!.change)).toBeGreaterThan(0.6);
  });

  it('absorbs a moved chair after some minutes, not within one', () => {
    const [, soon, late] = play(
      { seconds: 12, draw: room },
      { seconds: 60, draw: withBody(room, body), rate: 1 },
      { seconds: 240, draw: withBody(room, body), rate: 1 },
    );
    expect(changedIn(body, soon!.change)).toBeGreaterThan(0.6);
    expect(changedIn(body, late!.change)).toBeLessThan(0.05);
  });

  it('learns no place behind somebody who has been there from the first second, and learns it once they have left', () => {
    const [there, left] = play(
      { seconds: 10, draw: withBody(room, body), persons: [body] },
      { seconds: 8, draw: room },
    );
    expect(knownIn(body, there!.change)).toBeLessThan(0.05);
    expect(knownIn(elsewhere, there!.change)).toBeGreaterThan(0.9);
    expect(changedIn(body, left!.change)).toBeLessThan(0.05);
    expect(knownIn(body, left!.change)).toBeGreaterThan(0.3);
  });

  for (const [name, light] of [
    ['a lamp that goes out', lamp(0.35, 0)],
    ['a brighter exposure', lamp(1.3, 10)],
    ['slow daylight from one side', lamp(1, 0, 40)],
  ] as const) {
    it(`does not take ${name} for a person`, () => {
      const [, seen] = play({ seconds: 12, draw: room }, { seconds: 1.5, draw: light(room) });
      expect(seen!.changedShare).toBeLessThan(0.05);
    });

    it(`still sees a body after ${name}`, () => {
      const [, , seen] = play(
        { seconds: 12, draw: room },
        { seconds: 3, draw: light(room) },
        { seconds: 0.5, draw: light(withBody(room, body)) },
      );
      expect(changedIn(body, seen!.change)).toBeGreaterThan(0.5);
    });
  }

  it('knows how long ago each place moved, and that it knows nothing of a time in which it was blind', () => {
    let [state, scene] = stepBackground(undefined, { at: instant(0), cells: drawnCells(room, 0), persons: [] });
    const look = (at: number, draw: Draw) => {
      [state, scene] = stepBackground(state, { at: instant(at), cells: drawnCells(draw, at), persons: [] });
      return ({ x, y }: Box) => scene.stillFor[Math.round((y + 0.1) * 45) * 80 + Math.round((x + 0.1) * 80)]!;
    };
    for (let at = 100; at <= 2000; at += 100) look(at, room);
    const moved = look(2100, withBody(room, body));
    expect(moved(body)).toBe(0);
    expect(moved(elsewhere)).toBeGreaterThan(2);
    expect(look(2200, withBody(room, body))(body)).toBeCloseTo(0.1);
    expect(look(9000, withBody(room, body))(elsewhere)).toBe(0);
  });

  it('learns the room anew when infrared shows quite another one, and remembers the first when the light is back', () => {
    const infrared: Draw = (x, y) => 235 - room(y * 0.9 + 0.03, x * 1.1);
    const [, jumped, known, back] = play(
      { seconds: 12, draw: room },
      { seconds: 1, draw: infrared },
      { seconds: 12, draw: infrared },
      { seconds: 1.5, draw: withBody(room, body) },
    );
    expect(jumped!.knownShare).toBeLessThan(0.5);
    expect(known!.changedShare).toBeLessThan(0.05);
    expect(back!.knownShare).toBeGreaterThan(0.8);
    expect(changedIn(body, back!.change)).toBeGreaterThan(0.6);
    expect(changedIn(elsewhere, back!.change)).toBeLessThan(0.05);
  });
});
