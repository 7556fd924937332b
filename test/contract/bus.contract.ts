/** What every node may expect of the bus, whatever carries it. */
import { type Bus, longestOnBus } from '@nattfrid/relay/bus/bus';
import { subjectOf } from '@nattfrid/relay/bus/subject';
import { Fault } from '@nattfrid/shared/fault/fault';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

export interface BusUnderContract extends AsyncDisposable {
  /** A node on it. */
  open(): Promise<Bus>;
  /** Nobody reaches anybody, until `join`. */
  cut(): Promise<void>;
  join(): Promise<void>;
}

const bytes = (words: string) => new TextEncoder().encode(words);
const words = (given: Uint8Array | Fault) => (given instanceof Fault ? given.code : new TextDecoder().decode(given));
const within = seconds(2);

export function busContract(name: string, open: () => Promise<BusUnderContract>): void {
  describe(`${name} is a bus that`, () => {
    let wire: BusUnderContract;
    let here: Bus;
    let there: Bus;
    beforeAll(async () => {
      wire = await open();
      [here, there] = [await wire.open(), await wire.open()];
    });
    afterAll(() => wire[Symbol.asyncDispose]());
    let subjects = 0;
    const fresh = () => subjectOf('contract', `s${++subjects}`);

    it('tells everybody who listens, in the order in which one has said it, and nobody who has stopped', async () => {
      const subject = fresh();
      const heard: string[][] = [[], []];
      using _own = here.subscribe(subject, (one) => void heard[0]?.push(words(one.bytes)));
      const other = there.subscribe(subject, (one) => void heard[1]?.push(words(one.bytes)));
      await here.request(fresh(), bytes(''), milliseconds(50));
      await there.request(fresh(), bytes(''), milliseconds(50));
      const said = Array.from({ length: 200 }, (_, index) => String(index));
      for (const one of said) expect(here.publish(subject, bytes(one))).toBe(true);
      await vi.waitFor(() => expect(heard).toEqual([said, said]));
      other[Symbol.dispose]();
      here.publish(subject, bytes('more'));
      await vi.waitFor(() => expect(heard[0]).toHaveLength(201));
      expect(heard[1]).toEqual(said);
    });

    it('carries as much as a sealed picture, unchanged, and says at once that more goes nowhere', async () => {
      const subject = fresh();
      using _echo = there.subscribe(subject, ({ bytes: given, answer }) => answer?.(given));
      await there.request(fresh(), bytes(''), milliseconds(50));
      const picture = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);
      const echoed = await here.request(subject, picture, within);
      expect(echoed instanceof Fault ? echoed.code : Buffer.compare(echoed, picture)).toBe(0);
      expect(here.publish(subject, new Uint8Array(longestOnBus + 1))).toBe(false);
      expect(words(await here.request(subject, new Uint8Array(longestOnBus + 1), within))).toBe('link-lost');
    });

    it('gives a fault, and never waits for longer than asked, where nobody listens or nobody answers', async () => {
      const [nobody, silent] = [fresh(), fresh()];
      using _silent = there.subscribe(silent, () => {});
      await there.request(fresh(), bytes(''), milliseconds(50));
      expect(words(await here.request(nobody, bytes('?'), within))).toBe('link-lost');
      const before = performance.now();
      expect(words(await here.request(silent, bytes('?'), milliseconds(100)))).toBe('link-lost');
      expect(performance.now() - before).toBeLessThan(1000);
    });

    it('fails at once while it is down, keeps nothing of it for later, says when it is up, and goes on', async () => {
      const subject = fresh();
      const heard: string[] = [];
      using _listening = there.subscribe(subject, ({ bytes: given, answer }) => {
        heard.push(words(given));
        answer?.(bytes('yes'));
      });
      using _silent = there.subscribe(subjectOf('contract', 'silent'), () => {});
      await there.request(fresh(), bytes(''), milliseconds(50));
      const told: boolean[] = [];
      using _told = here.onChange((isUp) => void told.push(isUp));
      const asked = here.request(subjectOf('contract', 'silent'), bytes('?'), seconds(20));
      await wire.cut();
      await vi.waitFor(() => expect([told, here.isUp, there.isUp]).toEqual([[false], false, false]), 5000);
      expect(here.publish(subject, bytes('lost'))).toBe(false);
      expect(words(await here.request(subject, bytes('lost'), within))).toBe('link-lost');
      expect(words(await Promise.race([asked, settled()]))).toBe('link-lost');
      await wire.join();
      await vi.waitFor(() => expect([told, there.isUp]).toEqual([[false, true], true]), 8000);
      expect(words(await here.request(subject, bytes('again'), within))).toBe('yes');
      expect(heard).toEqual(['again']);
    }, 20_000);
  });
}

/** Where a request still waits after this, it is not told of an outage. */
const settled = async () => {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return bytes('still waiting');
};
