/** What a room does to its own picture in a night: lamps, infrared, daybreak, furniture, a curtain, a television. */
import { type Background, type SceneChange, stepBackground } from '@nattfrid/agent/perceive/background';
import { changedIn } from '@nattfrid/agent/perceive/region-proposal';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Draw, drawnCells, lamp, room, withBody } from './drawn.ts';

const body: Box = { x: 0.45, y: 0.55, width: 0.18, height: 0.25 };
const window: Box = { x: 0.78, y: 0.05, width: 0.15, height: 0.3 };
const inside = ({ x, y, width, height }: Box, u: number, v: number) =>
  u >= x && u < x + width && v >= y && v < y + height;
const infrared: Draw = (x, y) => 235 - room(y * 0.9 + 0.03, x * 1.1);

/** A room that can be different each time it is drawn. */
type Live = (seconds: number) => Draw;

/** One night in front of one camera. */
function night() {
  let state: Background | undefined;
  let now = 0;
  return {
    /** @returns what was noticed in each picture. */
    pass(seconds: number, live: Live, rate = 5, persons: readonly Box[] = []): readonly SceneChange[] {
      return Array.from({ length: Math.round(seconds * rate) }, () => {
        const cells = drawnCells(live(now / 1000), now);
        const [next, scene] = stepBackground(state, { at: instant(now), cells, persons });
        state = next;
        now += 1000 / rate;
        return scene;
      });
    },
  };
}

const last = (all: readonly SceneChange[]): SceneChange => all.at(-1)!;
const still =
  (draw: Draw): Live =>
  () =>
    draw;

/** A curtain that swings: bright and dark folds that wander, about every three seconds. */
const curtain: Live = (t) => (x, y) =>
  inside(window, x, y) ? 120 + 45 * Math.sin(2.1 * t + 30 * x + 5 * Math.sin(0.7 * t)) : room(x, y);

/** A television: another picture each few moments, and movement in each. */
const television: Live = (t) => (x, y) => {
  const shot = Math.floor(t / 1.7);
  const light = 60 + 120 * Math.abs(Math.sin(shot * 12.9898));
  return inside(window, x, y) ? light + 40 * Math.sin(3 * t + 20 * x + shot) : room(x, y);
};

describe('a lamp', () => {
  it('that goes on and off many times never hides a body, and is never taken for one', () => {
    const camera = night();
    camera.pass(12, still(room));
    for (let turn = 0; turn < 6; turn++) {
      const light = turn % 2 === 0 ? lamp(0.4, 5) : lamp(1, 0);
      expect(last(camera.pass(2, still(light(room)))).changedShare).toBeLessThan(0.05);
      expect(changedIn(body, last(camera.pass(0.6, still(light(withBody(room, body))))).change)).toBeGreaterThan(0.4);
      camera.pass(4, still(light(room)));
    }
  });

  it('that goes on as somebody gets up: where they stand is seen to move in that very picture', () => {
    const camera = night();
    camera.pass(12, still(room));
    const [first] = camera.pass(0.2, still(lamp(1.6, 10)(withBody(room, body, 60))));
    expect(first!.calmFor).toBe(0);
    expect(first!.movingShare).toBeGreaterThan(0.05);
  });
});

describe('the jump between colour and infrared', () => {
  it('is over within a second, forth and back, and each side is remembered', () => {
    const camera = night();
    camera.pass(12, still(room));
    for (const [draw, least] of [
      [infrared, 0],
      [room, 0.8],
      [infrared, 0.8],
      [room, 0.8],
    ] as const) {
      const pictures = camera.pass(2, still(draw));
      expect(pictures.slice(6).some((one) => one.relit)).toBe(false);
      expect(last(pictures).changedShare).toBeLessThan(0.05);
      expect(last(pictures).knownShare).toBeGreaterThanOrEqual(least);
      camera.pass(12, still(draw));
    }
    expect(changedIn(body, last(camera.pass(0.6, still(withBody(room, body)))).change)).toBeGreaterThan(0.5);
  });
});

describe('daybreak', () => {
  it('is never a person in half an hour, and a person in it is seen', () => {
    const camera = night();
    camera.pass(12, still(lamp(0.4, 4)(room)));
    const day: Live = (t) => lamp(0.4 + (0.8 * t) / 1800, 4, (60 * t) / 1800)(room);
    const most = Math.max(...camera.pass(1800, day, 0.5).map((one) => one.changedShare));
    expect(most).toBeLessThan(0.05);
    const bright: Live = () => lamp(1.2, 4, 60)(withBody(room, body, 40));
    expect(changedIn(body, last(camera.pass(1, bright)).change)).toBeGreaterThan(0.5);
  });

  it('over one who sleeps leaves no ghost in the bed when they get up', () => {
    const camera = night();
    camera.pass(12, still(lamp(0.5, 4)(room)));
    const day =
      (draw: Draw): Live =>
      (t) =>
        lamp(0.5 + (0.5 * t) / 1200, 4)(draw);
    camera.pass(1200, day(withBody(room, body)), 0.5, [body]);
    expect(changedIn(body, last(camera.pass(4, still(lamp(1, 4)(room)))).change)).toBeLessThan(0.1);
  });
});

describe('moved furniture', () => {
  it('belongs to the room after some minutes, and the place that it left does at once', () => {
    const there: Box = { x: 0.1, y: 0.55, width: 0.15, height: 0.25 };
    const camera = night();
    camera.pass(12, still(withBody(room, body, 60)));
    camera.pass(300, still(withBody(room, there, 60)), 1);
    const seen = last(camera.pass(1, still(withBody(room, there, 60))));
    expect(changedIn(there, seen.change)).toBeLessThan(0.05);
    expect(changedIn(body, seen.change)).toBeLessThan(0.05);
    expect(changedIn(body, last(camera.pass(0.6, still(withBody(room, body)))).change)).toBeGreaterThan(0.5);
  });
});

describe.each<readonly [string, Live]>([
  ['a curtain in the wind', curtain],
  ['a television', television],
])('%s', (_, live) => {
  const withSomebody: Live = (t) => (x, y) => (inside(body, x, y) ? withBody(room, body)(x, y) : live(t)(x, y));

  it('is part of the room after ten minutes, and moves all the while', () => {
    const camera = night();
    camera.pass(12, still(room));
    camera.pass(600, live, 3);
    const pictures = camera.pass(20, live);
    const shares = pictures.map((one) => changedIn(window, one.change));
    expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeLessThan(0.15);
    expect(Math.min(...pictures.map((one) => one.stillFor[8 * 80 + 68]!))).toBe(0);
    const seen = last(camera.pass(0.6, withSomebody));
    expect(changedIn(body, seen.change)).toBeGreaterThan(0.5);
  });

  it('hides nobody elsewhere from the first moment on', () => {
    const camera = night();
    camera.pass(12, still(room));
    camera.pass(5, live);
    expect(changedIn(body, last(camera.pass(0.6, withSomebody)).change)).toBeGreaterThan(0.5);
  });
});

describe('somebody whom no model has found', () => {
  it('and who struggles on the floor for a minute is still different from the room, then and when they lie still', () => {
    const camera = night();
    camera.pass(12, still(room));
    const struggles: Live = (t) =>
      withBody(room, { ...body, x: body.x + 0.03 * Math.sin(2 * t) }, 190 + 30 * Math.sin(5 * t));
    const moving = camera.pass(60, struggles);
    expect(changedIn(body, last(moving).change)).toBeGreaterThan(0.5);
    expect(changedIn(body, last(camera.pass(60, still(withBody(room, body)))).change)).toBeGreaterThan(0.5);
  });
});
