/** Colleagues' looks that this browser joins, in whatever order the unit, the relay and the person are heard. */
import { type JoinedLooksEvent, joinedLooks } from '@nattfrid/console/viewing/joined-looks';
import { LookId } from '@nattfrid/shared/domain/ids';
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { uuid } from './night.ts';

const look = LookId.parse(uuid(1));
const other = LookId.parse(uuid(2));
const of = (type: 'pressed' | 'asked' | 'answered' | 'given-up' | 'untrusted' | 'left', one = look) =>
  ({ type, look: one }) as const;
const told = (state: 'open' | 'done', named: boolean) => ({ type: 'told', look, state, named }) as const;
const asked = [of('pressed'), of('asked')];
const watched = [...asked, of('answered')];
const out = ['finish', 'left', 'tell-left'];

describe('a colleague’s look', () => {
  for (const [name, events, expected, left] of [
    ['is asked for before anything is shown', asked, [], 'asked'],
    ['is shown once the relay has answered', watched, ['began', 'watch'], 'watching'],
    [
      'is shown although the unit’s yes was heard before the answer',
      [...asked, told('open', true), of('answered')],
      ['began', 'watch'],
      'watching',
    ],
    [
      'is not shown where the unit’s no was heard before the answer',
      [...asked, told('open', true), told('open', false), of('answered')],
      ['finish', 'put-out'],
      undefined,
    ],
    [
      'is not given up because the relay does not name us yet',
      [...watched, told('open', false), told('open', true)],
      ['began', 'watch'],
      'watching',
    ],
    [
      'is put out when the relay no longer names us',
      [...watched, told('open', true), told('open', false)],
      ['began', 'watch', 'finish', 'put-out'],
      undefined,
    ],
    ['ends with its owner’s', [...watched, told('done', true)], ['began', 'watch', 'finish', 'ended'], undefined],
    ['is left on a press', [...watched, of('left')], ['began', 'watch', ...out], undefined],
    [
      'can be joined again once it was left',
      [...watched, of('left'), ...watched],
      ['began', 'watch', ...out, 'began', 'watch'],
      'watching',
    ],
    [
      'is not asked for when the screen was left before that',
      [of('pressed'), { type: 'all-left' }, of('asked'), of('given-up')],
      ['finish'],
      undefined,
    ],
    [
      'is left again when the answer comes after the screen was left',
      [...asked, { type: 'all-left' }, of('answered')],
      [...out, 'tell-left'],
      undefined,
    ],
    ['is not shown where it could not be joined', [...asked, of('given-up')], ['finish'], undefined],
    [
      'is left where it is not to be trusted',
      [...watched, of('untrusted')],
      ['began', 'watch', 'finish', 'tell-left'],
      undefined,
    ],
    ['is on its way in once, however often it is pressed', [...asked, of('pressed')], [], 'asked'],
  ] satisfies [string, JoinedLooksEvent[], string[], string | undefined][])
    it(name, () => {
      const { state, effects } = run(joinedLooks, events);
      expect(effects.map(({ type }) => type)).toEqual(expected);
      expect(state.get(look)?.name).toBe(left);
    });

  it('is left together with every other one that was joined', () => {
    const { effects } = run(joinedLooks, [...watched, of('pressed', other), of('asked', other), { type: 'all-left' }]);
    expect(effects.filter(({ type }) => type === 'tell-left').map((effect) => effect.look)).toEqual([look, other]);
  });
});
