/** Break-glass as a machine: whatever happens in whatever order, one person alone opens nothing, and nothing happens without its line. */
import {
  type BreakGlass,
  type BreakGlassEvent,
  type BreakGlassFacts,
  breakGlassMachine,
  needsReview,
} from '@nattfrid/relay/record/break-glass';
import { answerWithin, openFor } from '@nattfrid/shared/desk/break-glass';
import { milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

const start = instant(Date.parse('2026-11-29T02:00:00Z'));
const at = (minute: number) => after(start, minutes(minute));
const somebody = (id: string, computer: string | undefined = `computer of ${id}`) => ({
  ...{ id, name: id, role: 'operator', organisation: 'own', session: `session of ${id} at ${computer}`, computer },
  network: '10.0.0.1',
});
const facts = {
  ...{ access: 'a', client: 'Ek 12', organisation: 'own', what: 'visit-card', reason: 'danger' },
  ...{ asker: somebody('Anna'), askedAt: start },
} as unknown as BreakGlassFacts;

const told = (events: readonly BreakGlassEvent[]) => {
  let state = breakGlassMachine.initial;
  const said: string[] = [];
  for (const event of events) {
    const [next, effects] = breakGlassMachine.step(state, event);
    for (const effect of effects) said.push(effect.type === 'refuse' ? effect.fault.code : effect.what.slice(12));
    state = next;
  }
  return [state.name, said.join(' ')];
};
const asked: BreakGlassEvent = { type: 'asked', facts };
const granted = (by = somebody('Bo'), minute = 1) =>
  ({ type: 'granted', by, at: at(minute), now: at(minute) }) as BreakGlassEvent;
const tick = (minute: number): BreakGlassEvent => ({ type: 'tick', at: at(minute), now: at(minute) });
const used = (minute: number): BreakGlassEvent => ({
  type: 'used',
  at: at(minute),
  route: 'visitCard',
  subject: 'Ek 12',
});
const ended: BreakGlassEvent = { type: 'ended', why: 'given-back', by: somebody('Anna'), at: at(5) };
const reviewed = (id: string): BreakGlassEvent => ({ type: 'reviewed', id, name: id, at: at(60), checked: 'in-order' });

describe('A5.6 break-glass', () => {
  for (const [name, events, expected] of [
    ['opens by a second person', [asked, granted()], ['open', 'asked granted']],
    ['is not opened by whoever asked', [asked, granted(somebody('Anna', 'another'))], ['asked', 'asked not-allowed']],
    [
      'is not opened at the computer at which it was asked for',
      [asked, granted(somebody('Bo', 'computer of Anna'))],
      ['asked', 'asked not-allowed'],
    ],
    ['is not opened after ten minutes', [asked, granted(somebody('Bo'), 10)], ['asked', 'asked not-now']],
    ['is opened once', [asked, granted(), granted(somebody('Cia'), 2)], ['open', 'asked granted not-now']],
    ['is over when nobody has answered', [asked, tick(10)], ['over', 'asked ended']],
    ['is over half an hour after the yes', [asked, granted(), tick(30), tick(31)], ['over', 'asked granted ended']],
    [
      'is used while it is open alone',
      [asked, used(1), granted(), used(2), ended, used(6)],
      ['over', 'asked not-allowed granted used ended not-allowed'],
    ],
    [
      'is looked at by a third person',
      [asked, granted(), ended, reviewed('Anna'), reviewed('Bo'), reviewed('Rut')],
      ['over', 'asked granted ended not-allowed not-allowed reviewed'],
    ],
    [
      'is looked at once',
      [asked, granted(), ended, reviewed('Rut'), reviewed('Siv')],
      ['over', 'asked granted ended reviewed not-now'],
    ],
  ] as const)
    it(name, () => expect(told(events)).toEqual(expected));

  it('whatever happens in whatever order: two people, at most half an hour, each change with its line', () => {
    let seed = 1;
    const chance = (many: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % many;
    };
    const people = [somebody('Anna'), somebody('Anna', 'another'), somebody('Bo'), somebody('Bo', 'computer of Anna')];
    for (let story = 0; story < 3000; story++) {
      let state: BreakGlass = breakGlassMachine.initial;
      let minute = 0;
      for (let turn = 0; turn < 12; turn++) {
        minute += chance(8);
        const by = people[chance(people.length)]!;
        const events: readonly BreakGlassEvent[] = [
          asked,
          granted(by, minute),
          { type: 'declined', by, at: at(minute) } as BreakGlassEvent,
          used(minute),
          { type: 'ended', why: 'taken-back', by, at: at(minute) },
          reviewed(['Anna', 'Bo', 'Rut'][chance(3)]!),
          { type: 'moved', session: 'another' },
        ];
        // As the relay does it: what is over by then is over before anything else is asked.
        for (const event of [tick(minute), events[chance(events.length)]!]) {
          const [next, effects]: readonly [BreakGlass, readonly { readonly type: string }[]] = breakGlassMachine.step(
            state,
            event,
          );
          if (next.name !== state.name) expect(effects.map(({ type }) => type)).toEqual(['write']);
          if (next.name === 'open') {
            expect(next.granted.id).not.toBe('Anna');
            expect(next.granted.at - next.facts.askedAt).toBeLessThan(answerWithin);
            expect(at(minute) - next.granted.at).toBeLessThan(openFor);
          }
          if (next.name === 'over' && next.granted) expect(needsReview(next) || next.review?.id === 'Rut').toBe(true);
          state = next;
        }
      }
    }
    expect(milliseconds(openFor)).toBe(minutes(30));
  });
});
