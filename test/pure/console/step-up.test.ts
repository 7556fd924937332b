/** Showing more in the middle of something: what was refused goes on with the same input, once, and whoever says no finds it as it was. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { describe, expect, it } from 'vitest';
import { surely } from '../../../relay/console/src/around/surely.ts';
import { type SteppedUp, type StepUpEvent, stepUp } from '../../../relay/console/src/state/step-up.ts';

const unsure = new Fault('assurance-low', 'more', { fields: { needs: 2 } });

/** An act that is refused until the session is surer. @returns what was done, with which input, and what it was in the end */
async function played(how: SteppedUp, { offers = false, still = false } = {}) {
  const inputs: string[] = [];
  const act = async (input: string) => {
    inputs.push(input);
    if (inputs.length === 1 || still) throw unsure;
    return `${input} done`;
  };
  const anyway = offers ? (input: string) => `${input} anyway` : undefined;
  const asked: boolean[] = [];
  const ask = async (_: Fault, mayAnyway: boolean) => {
    asked.push(mayAnyway);
    return how;
  };
  const end = await surely<string, string>({ ask }, act, 'a form', anyway).catch(({ code }: Fault) => code);
  return [inputs, end, asked];
}

describe('something that needs more than a password', () => {
  for (const [name, how, more, ...expected] of [
    ['goes on with what was in hand', 'stepped', {}, ['a form', 'a form'], 'a form done', [false]],
    ['stays undone where nothing was shown', 'no', {}, ['a form'], 'assurance-low', [false]],
    [
      'can be had all the same for an alarm',
      'anyway',
      { offers: true },
      ['a form', 'a form anyway'],
      'a form anyway done',
      [true],
    ],
    [
      'is asked for once, not again and again',
      'stepped',
      { still: true },
      ['a form', 'a form'],
      'assurance-low',
      [false],
    ],
  ] as const)
    it(name, async () => expect(await played(how, more)).toEqual(expected));

  it('that fails for another reason asks nobody for anything', async () => {
    const other = new Fault('link-lost', 'gone');
    const ask = () => Promise.reject(new Error('asked'));
    await expect(surely({ ask }, () => Promise.reject(other), 'a form')).rejects.toBe(other);
  });
});

describe('the dialog', () => {
  const play = (...events: readonly StepUpEvent[]) => {
    let state = stepUp.initial;
    const told: SteppedUp[] = [];
    for (const event of events) {
      const [next, effects] = stepUp.step(state, event);
      state = next;
      told.push(...effects.map(({ how }) => how));
    }
    return [state, told];
  };
  const needed = (needs: 2 | 3, anyway = false) => ({ type: 'needed', needs, anyway }) as const;
  for (const [name, events, expected] of [
    [
      'asks for the most that one of several needs',
      [needed(3), needed(2)],
      [{ name: 'asking', needs: 3, anyway: false }, []],
    ],
    ['tells whoever waits', [needed(2), { type: 'answered', how: 'stepped' }], [{ name: 'calm' }, ['stepped']]],
    [
      'tells nobody twice',
      [needed(2), { type: 'answered', how: 'no' }, { type: 'answered', how: 'stepped' }],
      [{ name: 'calm' }, ['no']],
    ],
    ['offers a way around for an alarm alone', [needed(2, true)], [{ name: 'asking', needs: 2, anyway: true }, []]],
  ] as const)
    it(name, () => expect(play(...events)).toEqual(expected));
});
