/** Showing more in the middle of something: what was refused goes on with the same input, once, and whoever says no finds it as it was. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { describe, expect, it } from 'vitest';
import { openSteppingUp, surely } from '../../../relay/console/src/around/stepping-up.ts';
import type { SteppedUp } from '../../../relay/console/src/state/step-up.ts';

const unsure = (needs: number, anyway = false) =>
  new Fault('assurance-low', 'more', { fields: { needs, ...(anyway && { anyway }) } });

/** An act that is refused until the session is surer. @returns what was done, with which input, and what it was in the end */
async function played(how: SteppedUp, { offers = false, still = false } = {}) {
  const stepping = openSteppingUp();
  const inputs: string[] = [];
  const act = async (input: string) => {
    inputs.push(input);
    if (inputs.length === 1 || still) throw unsure(2, offers);
    return `${input} done`;
  };
  const ending = surely(stepping, act, 'a form', offers ? (input) => `${input} anyway` : undefined).catch(
    ({ code }: Fault) => code,
  );
  await Promise.resolve();
  await Promise.resolve();
  const asked = stepping.store.get();
  stepping.store.send({ type: 'answered', how });
  return { asked, inputs, end: await ending, left: stepping.store.get().name };
}

describe('something that needs more than a password', () => {
  for (const [name, how, more, inputs, end] of [
    ['goes on with what was in hand', 'stepped', {}, ['a form', 'a form'], 'a form done'],
    ['stays undone where nothing was shown', 'no', {}, ['a form'], 'assurance-low'],
    [
      'can be had all the same for an alarm',
      'anyway',
      { offers: true },
      ['a form', 'a form anyway'],
      'a form anyway done',
    ],
    ['is asked for once, and not again and again', 'stepped', { still: true }, ['a form', 'a form'], 'assurance-low'],
  ] as const)
    it(name, async () => {
      const one = await played(how, more);
      expect([one.inputs, one.end, one.left]).toEqual([inputs, end, 'calm']);
      expect(one.asked).toEqual({ name: 'asking', needs: 2, anyway: 'offers' in more });
    });

  it('of several things at once is asked in one dialog, for the most that one of them needs', async () => {
    const stepping = openSteppingUp();
    const both = [stepping.ask(unsure(3)), stepping.ask(unsure(2))];
    expect(stepping.store.get()).toMatchObject({ needs: 3 });
    stepping.store.send({ type: 'answered', how: 'stepped' });
    expect(await Promise.all(both)).toEqual(['stepped', 'stepped']);
  });

  it('offers no way around where the relay offers none', () => {
    const stepping = openSteppingUp();
    void stepping.ask(unsure(2, false), true);
    expect(stepping.store.get()).toMatchObject({ anyway: false });
  });
});
