import { Fault } from '@nattfrid/shared/fault/fault';
import { keep } from '@nattfrid/shared/lifetime/keep';
import { backoff, linkLadder, restartLadder } from '@nattfrid/shared/time/backoff';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const middle = () => 0.5;
const taken = <Item>(items: Iterator<Item>, many: number) => Array.from({ length: many }, () => items.next().value);

describe('waiting times', () => {
  it('climb the ladder and stay at its top for ever', () => {
    const waits = taken(backoff(restartLadder, middle), 30);
    expect(waits.slice(0, 6)).toEqual([1000, 1000, 1000, 1000, 1000, 5000]);
    expect(waits.slice(-3)).toEqual([60_000, 60_000, 60_000]);
  });
  it('differ by at most 30 %, so that a fleet does not come back as one herd', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999999, noNaN: true }), (chance) => {
        const [first] = taken(
          backoff(linkLadder, () => chance),
          1,
        );
        expect(first).toBeGreaterThanOrEqual(700);
        expect(first).toBeLessThanOrEqual(1300);
      }),
    );
  });
});

describe('keep', () => {
  const fails = () => Promise.reject(new Fault('camera-dropped', 'gone'));
  it('starts a failing task again and again, waiting longer', async () => {
    const clock = movedClock(instant(0));
    const stop = new AbortController();
    const starts: number[] = [];
    const kept = keep(
      () => {
        starts.push(clock.now() / 1000);
        return fails();
      },
      { clock, waits: () => backoff(restartLadder, middle) },
      stop.signal,
    );
    await clock.advance(seconds(12));
    stop.abort();
    await kept;
    expect(starts).toEqual([0, 1, 2, 3, 4, 5, 10]);
  });
  it('begins with short waits again after a task that had lasted', async () => {
    const clock = movedClock(instant(0));
    const stop = new AbortController();
    const waits: number[] = [];
    let turn = 0;
    const kept = keep(
      async () => {
        if (++turn === 8) await clock.sleep(minutes(5));
        throw new Fault('camera-dropped', 'gone');
      },
      { clock, waits: () => backoff(restartLadder, middle), ended: (_fault, wait) => waits.push(wait) },
      stop.signal,
    );
    await clock.advance(minutes(6));
    stop.abort();
    await kept;
    expect(waits.slice(5, 8)).toEqual([5000, 5000, 1000]);
  });
  it('tells why a task ended, and ends quietly itself when aborted', async () => {
    const clock = movedClock(instant(0));
    const stop = new AbortController();
    const told: (string | undefined)[] = [];
    const kept = keep(
      fails,
      { clock, waits: () => backoff(restartLadder, middle), ended: (fault) => told.push(fault?.code) },
      stop.signal,
    );
    await clock.advance(seconds(1));
    stop.abort();
    await expect(kept).resolves.toBeUndefined();
    expect(told).toEqual(['camera-dropped', 'camera-dropped']);
  });
});
