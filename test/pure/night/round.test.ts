/** Several operators on one list: no two in one home, what lies is offered again, and how far a window has come. */
import { heldByOther, type Round, type RoundEvent, roundMachine, type Waiting } from '@nattfrid/relay/record/round';
import { roundsOf } from '@nattfrid/shared/desk/rounds';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { seconds } from '@nattfrid/shared/time/duration';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, iso, look, uuid } from '../console/night.ts';

const waiting: readonly Waiting[] = Array.from({ length: 5 }, (_, index) => ({
  look: uuid(index) as never,
  client: `Hem ${index}` as never,
}));
const nobody: ReadonlySet<ClientAlias> = new Set();
const by = (id: string) => ({ id, name: id });
const asks = (id: string, second: number, busy = nobody): RoundEvent => ({
  type: 'asked',
  by: by(id),
  waiting,
  busy,
  at: seconds(second),
});
const skips = (id: string, home: number, second: number): RoundEvent => ({
  type: 'skipped',
  by: by(id),
  look: waiting[home]!.look,
  at: seconds(second),
});

/** The home that each was offered, in order; «nothing» and «refused» as such. */
function offered(events: readonly RoundEvent[]): readonly string[] {
  let round = roundMachine.initial;
  return events.flatMap((event) => {
    const [next, effects] = roundMachine.step(round, event);
    round = next;
    if (event.type !== 'asked' && effects.length === 0) return [];
    return effects.map((effect) => (effect.type === 'offer' ? effect.reserved.client : 'refused'))[0] ?? 'nothing';
  });
}

describe('the round', () => {
  for (const [name, events, homes] of [
    [
      'gives each operator a home of their own',
      [asks('anna', 0), asks('bo', 1), asks('eva', 2)],
      ['Hem 0', 'Hem 1', 'Hem 2'],
    ],
    ['gives the same home to whoever asks twice', [asks('anna', 0), asks('anna', 30)], ['Hem 0', 'Hem 0']],
    ['offers a home again when its minute is over', [asks('anna', 0), asks('bo', 60)], ['Hem 0', 'Hem 0']],
    ['keeps it for the whole minute', [asks('anna', 0), asks('bo', 59.9)], ['Hem 0', 'Hem 1']],
    ['passes over homes in which somebody is', [asks('anna', 0, new Set(['Hem 0' as never]))], ['Hem 1']],
    [
      'gives back what is skipped, to others first',
      [asks('anna', 0), skips('anna', 0, 1), asks('anna', 2), asks('bo', 3)],
      ['Hem 0', 'Hem 1', 'Hem 0'],
    ],
    [
      'offers again what somebody has skipped when there is nothing else',
      [...[0, 1, 2, 3, 4].flatMap((home) => [asks('anna', home), skips('anna', home, home)]), asks('anna', 9)],
      ['Hem 0', 'Hem 1', 'Hem 2', 'Hem 3', 'Hem 4', 'Hem 0'],
    ],
    ['lets nobody give back what is not theirs', [asks('anna', 0), skips('bo', 0, 1)], ['Hem 0', 'refused']],
    [
      'offers at once what somebody who has gone had',
      [asks('anna', 0), { type: 'gone', operator: 'anna' }, asks('bo', 1)],
      ['Hem 0', 'Hem 0'],
    ],
  ] satisfies readonly (readonly [string, readonly RoundEvent[], readonly string[]])[])
    it(name, () => expect(offered(events)).toEqual(homes));

  it('lets no two operators meet in a home, and leaves none lying, whatever they do', () => {
    const people = ['anna', 'bo', 'eva'];
    const deed = fc.record({
      who: fc.constantFrom(...people),
      what: fc.constantFrom('ask', 'skip', 'open', 'done', 'gone', 'wait'),
      home: fc.integer({ min: 0, max: 4 }),
      wait: fc.integer({ min: 0, max: 90 }),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 80 }), (deeds) => {
        let round: Round = roundMachine.initial;
        let now = 0;
        const inside = new Map<ClientAlias, string>();
        const send = (event: RoundEvent) => {
          const [next, effects] = roundMachine.step(round, event);
          round = next;
          return effects[0];
        };
        for (const { who, what, home, wait } of deeds) {
          const { client, look: id } = waiting[home]!;
          const at = seconds(now);
          if (what === 'ask') {
            const busy = new Set(inside.keys());
            const told = send({ type: 'asked', by: by(who), waiting, busy, at });
            if (told?.type === 'offer') expect(busy.has(told.reserved.client)).toBe(false);
          }
          if (what === 'skip') send({ type: 'skipped', by: by(who), look: id, at });
          // As the relay does it: whoever is not the one it is kept for is refused.
          if (what === 'open' && !inside.has(client) && !heldByOther(round, client, who, at)) {
            inside.set(client, who);
            send({ type: 'over', client });
          }
          if (what === 'done') inside.delete(client);
          if (what === 'gone') send({ type: 'gone', operator: who });
          if (what === 'wait') now += wait;
          const kept = round.reserved.filter(({ until }) => until > seconds(now));
          expect(new Set(kept.map((one) => one.client)).size).toBe(kept.length);
          for (const one of kept)
            expect([one.by.id, inside.get(one.client) ?? one.by.id]).toEqual([one.by.id, one.by.id]);
        }
        // A minute later whoever asks is offered something: nothing that is due is forgotten.
        const last = send({ type: 'asked', by: by('new'), waiting, busy: nobody, at: seconds(now + 61) });
        expect(last?.type).toBe('offer');
      }),
    );
  });
});

describe('A1.10 the looks of one window', () => {
  const home = (number: number, more = {}) =>
    look(number, 0, { client: `Hem ${number}`, unit: `unit-${number}`, ...more });
  it('are one list, with how many are done of how many', () => {
    const looks = [
      home(1, { state: 'done', verdict: 'all-well' }),
      home(2),
      home(3, { state: 'open' }),
      home(4, { state: 'failed', visit: uuid(99) }),
      look(5, 120, { client: 'Hem 2' }),
    ];
    const [first, second] = roundsOf(looks, at(5));
    expect([first!.done, first!.homes.map(({ client, state }) => `${client} ${state}`)]).toEqual([
      2,
      ['Hem 3 now', 'Hem 2 due', 'Hem 4 visit', 'Hem 1 done'],
    ]);
    expect([second!.done, second!.homes.length]).toEqual([0, 1]);
  });

  it('A1.4 is not done with a home in which nobody was seen before the second look is', () => {
    const looks = [
      home(1, { state: 'done', verdict: 'not-seen', retry: uuid(2) }),
      look(2, 18, {
        client: 'Hem 1',
        unit: 'unit-1',
        attempt: 2,
        dueUntil: iso(40),
      }),
    ];
    expect(roundsOf(looks, at(5)).map(({ done, homes }) => [done, homes.map(({ state }) => state)])).toEqual([
      [0, ['later']],
    ]);
  });

  it('leave out what leads no home and what a newer plan does not contain', () => {
    const looks = [home(1), home(2, { beside: uuid(1) }), home(3, { state: 'done', end: 'plan-changed' })];
    expect(roundsOf(looks, at(5)).map(({ homes }) => homes.length)).toEqual([1]);
  });
});
