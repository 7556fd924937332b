/** What an operator gets to see, and when there is a reason instead. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Joint } from '@nattfrid/shared/domain/observation';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { after as later } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { anonymise } from '../../../agent/src/anonymise/anonymise.ts';
import type { Cleared, ClearedPicture } from '../../../agent/src/anonymise/cleared.ts';
import type { Legibility } from '../../../agent/src/anonymise/legible.ts';
import type { Judged } from '../../../agent/src/decide/judged.ts';
import { changeOf, frameOf, judgedOf, night, ovalIn, personAt } from '../../support/seen.ts';

const box = { x: 0.4, y: 0.2, width: 0.2, height: 0.6 };
const grey = (light: number) => () => light;
const at = (picture: number) => later(night, milliseconds(picture * 100));

async function shown(
  judged: Iterable<Judged>,
  { mode = () => 'silhouette' as Mode | undefined, late = seconds(0) } = {},
) {
  const clock = movedClock(night);
  const legible: Legibility[] = [];
  const stage = anonymise({
    mode,
    room: () => ({ beds: [], exits: [], masks: [] }),
    alias: 'Anna 3' as ClientAlias,
    place: 'sovrum',
    clock,
    log: silent,
    judgedLegible: (one) => void legible.push(one),
  });
  async function* source() {
    for (const one of judged) {
      clock.moveTo(later(one.input.type === 'gap' ? one.input.at : one.input.observation.at, late));
      yield one;
    }
  }
  const cleared = await Array.fromAsync(stage(source(), new AbortController().signal));
  return { cleared, legible };
}
const word = (one: Cleared | undefined) => (one?.type === 'no-picture' ? one.why : (one?.type ?? 'nothing'));
const lightAt = ({ i420 }: ClearedPicture, x: number, y: number) =>
  i420[Math.round(y * 360) * 640 + Math.round(x * 640)]!;
const picture = (one: Cleared | undefined) => {
  if (one?.type !== 'picture') throw new Error(`no picture: ${word(one)}`);
  return one;
};

describe('what an operator sees', () => {
  it('is nothing while nobody looks, though the room is learnt', async () => {
    let looking = false;
    function* scenes() {
      for (let n = 0; n < 80; n++) {
        looking = n === 79;
        // A room with a bright half: learnt unseen, it is there in the first picture.
        yield judgedOf({ frame: frameOf(640, 360, at(n), (x) => (x < 320 ? 40 : 200)) });
      }
    }
    const { cleared } = await shown(scenes(), { mode: () => (looking ? 'silhouette' : undefined) });
    expect(cleared).toHaveLength(1);
    expect(lightAt(picture(cleared[0]), 0.75, 0.7)).toBeGreaterThan(lightAt(picture(cleared[0]), 0.25, 0.7) + 20);
  });

  for (const [name, light] of [
    ['a dark room', 20],
    ['a bright room', 230],
    ['a grey room', 120],
  ] as const)
    it(`is a person who stands out in ${name}`, async () => {
      const scenes = Array.from({ length: 5 }, (_, n) =>
        judgedOf({ frame: frameOf(640, 360, at(n), grey(light)), persons: [personAt(box)], shapes: [ovalIn(box)] }),
      );
      const { cleared, legible } = await shown(scenes);
      expect(lightAt(picture(cleared.at(-1)), 0.5, 0.5)).toBeGreaterThan(140);
      expect(lightAt(picture(cleared.at(-1)), 0.1, 0.8)).toBeLessThan(90);
      expect(legible.at(-1)?.contrast).toBeGreaterThanOrEqual(4.5);
      expect(legible.at(-1)?.legible).toBe(true);
    });

  for (const mode of ['blur', 'blocks'] as const)
    it(`is an outline that stands out of a bright room behind ${mode}`, async () => {
      const scene = { frame: frameOf(640, 360, night, grey(225)), persons: [personAt(box)], shapes: [ovalIn(box)] };
      expect((await shown([judgedOf(scene)], { mode: () => mode })).legible[0]?.contrast).toBeGreaterThanOrEqual(4.5);
    });

  for (const [name, pictures, light] of [
    ['stays as drawn while only a part of the body is understood', 10, 'bright'],
    ['is drawn anew when it goes on', 40, 'dark'],
  ] as const)
    it(`is a figure that ${name}`, async () => {
      const part = { x: 0.45, y: 0.45, width: 0.1, height: 0.1 };
      const scenes = [...Array(5).fill(box), ...Array(pictures).fill(part)].map((where: typeof box, n) =>
        judgedOf({ frame: frameOf(640, 360, at(n), grey(60)), persons: [personAt(where)], shapes: [ovalIn(where)] }),
      );
      const last = picture((await shown(scenes)).cleared.at(-1));
      expect(lightAt(last, 0.5, 0.7) > 140 ? 'bright' : 'dark').toBe(light);
    });

  it('is a person drawn from joints alone, where no shape was found', async () => {
    const joints: Joint[] = Array.from({ length: 33 }, () => ({ x: 0.5, y: 0.3, certainty: 0 }));
    const put = (index: number, x: number, y: number) => {
      joints[index] = { x, y, certainty: 0.9 };
    };
    [
      [0, 0.5, 0.2],
      [7, 0.49, 0.2],
      [8, 0.51, 0.2],
      [11, 0.46, 0.32],
      [12, 0.54, 0.32],
      [23, 0.47, 0.55],
      [24, 0.53, 0.55],
      [25, 0.47, 0.7],
      [27, 0.47, 0.85],
    ].forEach(([i, x, y]) => {
      put(i!, x!, y!);
    });
    const { cleared } = await shown([
      judgedOf({ frame: frameOf(640, 360, night, grey(60)), persons: [personAt(box, { joints })] }),
    ]);
    const legs = picture(cleared[0]);
    expect(lightAt(legs, 0.485, 0.6)).toBeGreaterThan(140);
    expect(lightAt(legs, 0.47 + 0.014, 0.72)).toBeGreaterThan(140);
    expect(lightAt(legs, 0.6, 0.72)).toBeLessThan(90);
  });

  it('is «something here» where a change was not understood, and plain room where there is none', async () => {
    const change = changeOf(255, (x, y) => (x >= 4 && x < 12 && y >= 8 && y < 20 ? 255 : 0));
    const scenes = Array.from({ length: 20 }, (_, n) =>
      judgedOf({ frame: frameOf(640, 360, at(n), grey(100)), change }),
    );
    const last = picture((await shown(scenes)).cleared.at(-1));
    const stripes = new Set(Array.from({ length: 40 }, (_, x) => lightAt(last, 0.13 + x / 640, 0.5) > 110));
    expect(stripes.size).toBe(2);
    expect(lightAt(last, 0.7, 0.5)).toBeLessThan(100);
  });

  it('is dim and marked «?» where it is not certain that somebody is there', async () => {
    const shownAs = async (certainty: number) => {
      const scenes = Array.from({ length: 5 }, (_, n) =>
        judgedOf({
          frame: frameOf(640, 360, at(n), grey(100)),
          persons: [personAt(box, { certainty })],
          shapes: [ovalIn(box)],
        }),
      );
      return picture((await shown(scenes)).cleared.at(-1));
    };
    const [perhaps, somebody] = [await shownAs(0.2), await shownAs(0.9)];
    for (const y of [0.32, 0.68]) {
      expect(lightAt(perhaps, 0.5, y)).toBeLessThan(100);
      expect(lightAt(somebody, 0.5, y)).toBeGreaterThan(140);
    }
    // The mark's stem and dot, in the lower middle of the shape.
    const mark = Array.from({ length: 40 }, (_, n) => lightAt(perhaps, 0.5, 0.5 + n / 360));
    expect(Math.max(...mark)).toBeGreaterThan(140);
  });

  it('is no ghost of a change that was there for a single picture', async () => {
    const scene = (n: number, changed: number) =>
      judgedOf({
        frame: frameOf(640, 360, at(n), grey(100)),
        change: changeOf(255, (x) => (x >= 4 && x < 12 ? changed : 0)),
      });
    const { cleared } = await shown([0, 0, 255, 0].map((changed, n) => scene(n, changed)));
    const [before, flickered] = [picture(cleared[1]), picture(cleared[2])];
    expect(lightAt(flickered, 0.2, 0.5)).toBe(lightAt(before, 0.2, 0.5));
  });

  it('has one narrow rim around a change that comes and goes, and no crumbs beside it', async () => {
    // Every third picture it is not there: its field stays shallow.
    const scenes = Array.from({ length: 30 }, (_, n) =>
      judgedOf({
        frame: frameOf(640, 360, at(n), grey(100)),
        change: changeOf(255, (x, y) => (x >= 4 && x < 16 && y >= 8 && y < 20 && (n + (x >> 2)) % 3 ? 255 : 0)),
      }),
    );
    for (const one of (await shown(scenes)).cleared.slice(10)) {
      const pale = picture(one)
        .i420.slice(30 * 640, 360 * 640)
        .filter((light) => light > 130).length;
      // Around 12 × 12 cells of 16 × 12 pixels there are 672 pixels; the rim is two wide.
      expect(pale).toBeLessThan(2 * 2 * 672);
    }
  });

  for (const [width, height, across, down] of [
    [640, 480, 10, 10],
    [640, 480, 4, 20],
    [640, 480, 1, 80],
    [640, 360, 1, 80],
  ] as const)
    it(`is something also where that is small or thin: ${across} of 160 × ${down} of 120, ${width} × ${height}`, async () => {
      const [first, top] = [70, 20];
      const changed = Uint8Array.from({ length: 160 * 120 }, (_, cell) => {
        const [x, y] = [(cell % 160) - first, Math.floor(cell / 160) - top];
        return x >= 0 && x < across && y >= 0 && y < down ? 255 : 0;
      });
      const change = { width: 160, height: 120, changed, known: new Uint8Array(changed.length).fill(255) };
      const scenes = (some: boolean) =>
        Array.from({ length: 5 }, (_, n) =>
          judgedOf({ frame: frameOf(width, height, at(n), grey(100)), change: some ? change : changeOf(255) }),
        );
      const [there, empty] = await Promise.all(
        [true, false].map(async (some) => picture((await shown(scenes(some))).cleared.at(-1)).i420),
      );
      const other = there!.subarray(0, 640 * 360).filter((light, index) => Math.abs(light - empty![index]!) > 20);
      expect(other.length).toBeGreaterThan(100);
    });

  it('is coarse where the room is not known yet', async () => {
    const [only] = (
      await shown([
        judgedOf({
          frame: frameOf(640, 360, night, (x, y) => (((x >> 3) + (y >> 3)) % 2 ? 220 : 20)),
          change: changeOf(0),
        }),
      ])
    ).cleared;
    // Inside one block of 40 × 40 pixels nothing differs, but where two blocks flow into one another.
    const values = Array.from({ length: 30 }, (_, n) => lightAt(picture(only), (405 + n) / 640, 205 / 360));
    expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(1);
  });

  it('says whose room it is and when, and not the same each second', async () => {
    const scenes = [0, 10].map((n) => judgedOf({ frame: frameOf(640, 360, at(n), grey(100)) }));
    const [a, b] = (await shown(scenes)).cleared.map((one) => picture(one).i420.slice(10 * 640, 26 * 640));
    expect(a!.some((light) => light > 200)).toBe(true);
    expect(a).not.toEqual(b);
  });

  it('keeps the shape of a 4:3 picture, with bars at its sides', async () => {
    const [only] = (await shown([judgedOf({ frame: frameOf(640, 480, night, grey(200)) })], { mode: () => 'clear' }))
      .cleared;
    expect([0.06, 0.2, 0.8, 0.94].map((x) => lightAt(picture(only), x, 0.6))).toEqual([16, 200, 200, 16]);
  });
});

describe('there is a reason instead of a picture', () => {
  const frame = frameOf(640, 360, night, grey(90));
  for (const [name, judged, late, expected] of [
    ['when all is well there is none', [judgedOf({ frame })], 0, 'picture'],
    [
      'when the camera is lost',
      [
        {
          type: 'judged',
          input: { type: 'gap', from: night, at: night, why: 'camera-lost' },
          findings: [],
          beds: [],
          eyesight: { name: 'sees' },
          [Symbol.dispose]() {},
        } as Judged,
      ],
      0,
      'camera-lost',
    ],
    [
      'not for a single dropped picture',
      [
        {
          type: 'judged',
          input: { type: 'gap', from: night, at: night, why: 'too-slow' },
          findings: [],
          beds: [],
          eyesight: { name: 'sees' },
          [Symbol.dispose]() {},
        } as Judged,
      ],
      0,
      'nothing',
    ],
    ['when what was seen is old', [judgedOf({ frame })], 3, 'anonymiser-not-well'],
    [
      'when the camera sees only black',
      [judgedOf({ frame, picture: { brightness: 0.001, contrast: 0 } })],
      0,
      'camera-dark',
    ],
    ...(['covered', 'dark', 'glare', 'frozen'] as const).map(
      (why) =>
        [
          `when the camera is blind: ${why}`,
          [{ ...judgedOf({ frame }), eyesight: { name: 'blind' as const, why } }],
          0,
          `camera-${why}`,
        ] as const,
    ),
    [
      'when the picture has stood still',
      Array.from({ length: 60 }, (_, n) =>
        judgedOf({ frame: frameOf(640, 360, at(n), grey(90)), picture: { alive: n === 0 } }),
      ),
      0,
      'camera-frozen',
    ],
    [
      'when something of ours breaks',
      [judgedOf({ frame, shapes: [ovalIn(box)], persons: [null as never] })],
      0,
      'anonymiser-not-well',
    ],
  ] as const)
    it(`${name}: ${expected}`, async () =>
      expect(word((await shown(judged, { late: seconds(late) })).cleared.at(-1))).toBe(expected));
});

it('gives each frame back exactly once, looked at or not', async () => {
  let looking = false;
  const given: number[] = [];
  function* scenes() {
    for (let n = 0; n < 10; n++) {
      looking = n % 2 === 0;
      yield judgedOf({
        frame: frameOf(64, 36, at(n), grey(90), () => given.push(n)),
        persons: n === 4 ? [null as never] : [],
      });
    }
  }
  await shown(scenes(), { mode: () => (looking ? 'clear' : undefined) });
  expect(given).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
