import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observed } from '../../../shared/src/domain/observation.ts';
import { milliseconds } from '../../../shared/src/time/duration.ts';
import { instant } from '../../../shared/src/time/instant.ts';
import { decodeColumns, encodeColumns } from '../../evaluation/score/column-codec.ts';
import { drawCurves } from '../../evaluation/score/curve-svg.ts';
import { decideAgain, decideFall } from '../../evaluation/score/decide-again.ts';
import { LabelledClip } from '../../evaluation/score/labelled-clip.ts';
import { curveOf } from '../../evaluation/score/operating-curve.ts';
import { fromText, type Recorded, toText } from '../../evaluation/score/record.ts';
import { asAgreed, limitSweeps, thresholdSweeps } from '../../evaluation/score/threshold-sweeps.ts';

/** A shape that stands for three seconds and lies for so many more, seen ten times a second. */
function fallen(lyingFor: number, certainty: number): Recorded {
  const seen = (at: number): Observed => {
    const lies = at >= 3000;
    const box = lies ? { x: 0.3, y: 0.7, width: 0.4, height: 0.2 } : { x: 0.4, y: 0.2, width: 0.15, height: 0.7 };
    const axis = { tilt: lies ? 85 : 5, elongation: 2.5 };
    return {
      type: 'observed',
      at: instant(at),
      persons: [{ track: 1, box, certainty, unseenFor: milliseconds(0), axis }],
      picture: { brightness: 0.5, contrast: 0.5, changed: 0.1, known: 1, aspect: 4 / 3, alive: true },
    };
  };
  const observations = Array.from({ length: (3 + lyingFor) * 10 }, (_, at) => seen(at * 100));
  const clip = { file: 'a.mp4', label: 'fall', fall_start_s: 2.5, on_floor_from_s: 3, licence: 'MIT' };
  return { clip: LabelledClip.loose().parse(clip), observations };
}
const fallsIn = (told: ReturnType<typeof decideAgain>) =>
  told.filter(({ kind, phase }) => kind === 'fall' && phase === 'began');

describe('recorded observations', () => {
  it('come back as they were, whatever their shapes, to a thousandth', () => {
    const plain = fc.record(
      {
        at: fc.integer({ min: 0, max: 1e8 }),
        name: fc.string(),
        on: fc.boolean(),
        in: fc.array(fc.record({ x: fc.integer() }), { maxLength: 2 }),
      },
      { requiredKeys: ['at'] },
    );
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 20 }), (objects) => {
        const thousandths = objects.map((one) => ({ ...one, at: one.at / 1000 }));
        expect(decodeColumns(encodeColumns(thousandths))).toEqual(JSON.parse(JSON.stringify(thousandths)));
      }),
    );
  });

  it('lead to the same findings after they were kept, with where the clip came from', () => {
    const kept = fromText(toText(fallen(20, 0.8)));
    const plan = { fall: { persistenceSeconds: 15 } };
    expect(kept.clip['licence' as keyof LabelledClip]).toBe('MIT');
    expect(decideAgain(kept, plan)).toEqual(decideAgain(fallen(20, 0.8), plan));
    expect(fallsIn(decideAgain(kept, plan))).toHaveLength(1);
  });

  for (const [story, settings, at] of [
    ['as agreed', {}, 18],
    ['sooner', { persistenceSeconds: 5 }, 8],
    ['longer than the recording lasts', { persistenceSeconds: 60 }, 63],
    ['for persons who are less sure', { certainty: 0.7 }, 18],
    ['not for persons who are not so sure', { certainty: 0.9 }, undefined],
  ] as const)
    it(`are decided anew ${story}`, () => {
      const [first] = fallsIn(decideFall(fallen(20, 0.8), { ...asAgreed, ...settings }));
      expect(first && Math.round(first.at)).toBe(at);
    });

  it('are drawn, each threshold with what came of it', () => {
    const drawn = thresholdSweeps.map((sweep) => ({
      sweep,
      curves: [curveOf(sweep, 'clear & dark', [fallen(20, 0.8)])],
    }));
    const svg = drawCurves(drawn, 'Title');
    expect(svg).toContain('persistence 60: found 1 of 1, false 0 of 0');
    expect(svg).toContain('clear &amp; dark');
    expect(svg.match(/NaN|undefined|Infinity/g)).toBeNull();
  });

  it('are decided as the house does where nothing is moved', () => {
    for (const { name, values, at } of thresholdSweeps) {
      const same = name === 'persistence' ? 15 : name === 'certainty' ? 0.5 : 0;
      expect(values).toContain(same);
      expect(at(same)).toEqual(asAgreed);
    }
    expect(limitSweeps(0).map(({ at }) => at(1))).toEqual(limitSweeps(0).map(() => asAgreed));
  });
});
