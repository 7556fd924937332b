/** What waits at the relay for a viewer who is on the way in: for a second, and never more than a little. */
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Held, hold, isFresh, nothingHeld } from '../../../relay/src/pass/held.ts';

const start = instant(0);
const at = (ms: number) => after(start, milliseconds(ms));
const packet = (bytes: number) => new Uint8Array(bytes);

describe('what a unit has sent before its viewer is there', () => {
  it('is all that came, in its order, for less than a second', () => {
    const [first, second] = [packet(10), packet(20)];
    const held = hold(hold(nothingHeld(start), first, at(100))!, second, at(900))!;
    expect(held.packets).toEqual([first, second]);
    expect(isFresh(held, at(999))).toBe(true);
    expect(isFresh(held, at(1000))).toBe(false);
  });

  it('is thrown away whole when it is too old or too much', () => {
    expect(hold(nothingHeld(start), packet(1), at(1000))).toBeUndefined();
    let held: Held | undefined = nothingHeld(start);
    for (let more = 0; more < 4; more++) held = hold(held!, packet(32 * 1024), at(more));
    expect(held?.packets).toHaveLength(4);
    expect(hold(held!, packet(1), at(5))).toBeUndefined();
  });
});
