/** Whether the room still stands as it was confirmed: lamps, people and chairs change nothing, a nudged camera and a moved bed do. */
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { RoomDrift } from '@nattfrid/shared/domain/room-drift';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import type { Cells } from '../../../agent/src/perceive/cells.ts';
import { type Drifting, drifting, driftsOf, Remembered } from '../../../agent/src/room/drift.ts';

const [width, height] = [160, 90];
const home: Box = { x: 0.3, y: 0.45, width: 0.4, height: 0.3 };
const beds: readonly Polygon[] = [
  [
    [0.3, 0.45],
    [0.7, 0.45],
    [0.7, 0.75],
    [0.3, 0.75],
  ],
];

interface Scene {
  /** Cells that the whole room lies to the right of, and below, where it was. */
  readonly nudged?: readonly [number, number];
  readonly lamp?: boolean;
  readonly chair?: number;
  readonly person?: Box;
  readonly bed?: Box | 'nowhere';
}

/** A room of boxes of many sizes: every run draws the same. */
const furniture = Array.from({ length: 46 }, (_, at) => {
  const part = (by: number) => (((at + 1) * by) % 997) / 997;
  return {
    x: 210 * part(331) - 25,
    y: 130 * part(577) - 20,
    w: 4 + 22 * part(211),
    h: 4 + 18 * part(419),
    light: 30 + 150 * part(773),
  };
});

function drawn({ nudged: [dx, dy] = [0, 0], lamp = false, chair = 40, person }: Scene, second: number): Cells {
  const light = new Float32Array(width * height).fill(90);
  const fill = (x: number, y: number, w: number, h: number, value: number) => {
    for (let row = Math.max(0, Math.round(y)); row < Math.min(height, Math.round(y + h)); row++)
      for (let column = Math.max(0, Math.round(x)); column < Math.min(width, Math.round(x + w)); column++)
        light[row * width + column] = value;
  };
  for (const { x, y, w, h, light: value } of furniture) fill(x + dx, y + dy, w, h, value);
  fill(chair + dx, 62 + dy, 10, 14, 20);
  if (person) fill(person.x * width, person.y * height, person.width * width, person.height * height, 235);
  return {
    width,
    height,
    light: light.map((value, at) => (lamp ? 0.5 * value + 110 : value) + (((at * 31 + second * 17) % 7) - 3) * 0.4),
  };
}

/** So many minutes of it, looked at every three seconds. */
function lived(state: Drifting, machine: ReturnType<typeof drifting>, from: number, forMinutes: number, scene: Scene) {
  let now = state;
  const kept: Remembered[] = [];
  for (let second = from * 60; second < (from + forMinutes) * 60; second += 3) {
    const bed = scene.bed ?? home;
    const observation: Observed = {
      type: 'observed',
      at: instant(second * 1000),
      persons: scene.person ? [{ track: 1, box: scene.person, certainty: 0.9, unseenFor: milliseconds(0) }] : [],
      things: bed === 'nowhere' ? [] : [{ kind: 'bed', box: bed, score: 0.5 }],
      picture: { brightness: 0.4, contrast: 0.5, changed: 0, known: 1, aspect: 16 / 9, alive: true },
    };
    const [next, effects] = machine.step(now, { type: 'seen', observation, cells: drawn(scene, second), beds });
    now = next;
    for (const effect of effects) if (effect.type === 'learnt') kept.push(effect.remembered);
  }
  return { state: now, kept };
}

function confirmedFor(minutes: number) {
  const machine = drifting();
  const [confirmed] = machine.step(machine.initial, { type: 'confirmed', version: 3 });
  return { machine, ...lived(confirmed, machine, 0, minutes, {}) };
}
const words = (drifts: readonly RoomDrift[]) => drifts.map(({ type }) => type);

describe('a room that was confirmed', () => {
  for (const [name, minutes, scene, expected] of [
    ['stands as it did', 30, {}, []],
    ['is the same with the lamp on', 30, { lamp: true }, []],
    ['is the same with a chair somewhere else', 30, { chair: 120 }, []],
    [
      'is the same with somebody standing before the bed',
      30,
      { person: { x: 0.4, y: 0.2, width: 0.2, height: 0.7 }, bed: 'nowhere' },
      [],
    ],
    ['is the same while somebody dusts the camera for a minute', 1, { nudged: [8, 0] }, []],
    ['has a camera that was nudged by 5 % to the side', 12, { nudged: [8, 0] }, ['camera-moved']],
    ['has a camera that was nudged by 5 % upwards', 12, { nudged: [0, -5] }, ['camera-moved']],
    [
      'has a camera that was nudged, in the dark with the lamp on',
      12,
      { nudged: [-8, 3], lamp: true },
      ['camera-moved'],
    ],
    ['has its bed moved along the wall', 12, { bed: { ...home, x: 0.05 } }, ['bed-moved']],
    ['has its bed taken out', 30, { bed: 'nowhere' }, ['bed-gone']],
    ['has its bed named nowhere for some minutes only', 8, { bed: 'nowhere' }, []],
  ] as const)
    it(name, () => {
      const { machine, state } = confirmedFor(5);
      expect(words(driftsOf(lived(state, machine, 5, minutes, scene as Scene).state))).toEqual(expected);
    });

  it('says by how much the camera has moved', () => {
    const { machine, state } = confirmedFor(5);
    const [drift] = driftsOf(lived(state, machine, 5, 12, { nudged: [8, -4] }).state);
    expect(drift).toMatchObject({ type: 'camera-moved' });
    if (drift?.type !== 'camera-moved') return;
    expect(drift.acrossPercent).toBeCloseTo(5, 0);
    expect(drift.downPercent).toBeCloseTo(-4.4, 0);
  });
  it('is well again when the camera is put back, or when a person confirms it as it stands', () => {
    const { machine, state } = confirmedFor(5);
    const moved = lived(state, machine, 5, 12, { nudged: [8, 0] }).state;
    expect(driftsOf(lived(moved, machine, 17, 12, {}).state)).toEqual([]);
    const [confirmed, effects] = machine.step(moved, { type: 'confirmed', version: 4 });
    expect(effects).toEqual([{ type: 'changed', drifts: [] }]);
    expect(driftsOf(lived(confirmed, machine, 17, 12, { nudged: [8, 0] }).state)).toEqual([]);
  });
  it('is known again after a restart: a camera that was moved while unplugged is told', () => {
    const { kept } = confirmedFor(5);
    const remembered = Remembered.parse(JSON.parse(JSON.stringify(kept.at(-1))));
    const machine = drifting(remembered);
    expect(words(driftsOf(lived(machine.initial, machine, 60, 12, { nudged: [8, 0] }).state))).toEqual([
      'camera-moved',
    ]);
    expect(driftsOf(lived(machine.initial, machine, 60, 12, {}).state)).toEqual([]);
  });
});
