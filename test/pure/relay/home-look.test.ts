/** A home is looked into with all its cameras: one of them leads, and one verdict, one retry or one visit comes of it. */

import type { LookEvent } from '@nattfrid/relay/camera-look/event';
import { type HomeEffect, type HomeEvent, homeLookMachine } from '@nattfrid/relay/looks/home-look-step';
import { all, type HomeLook } from '@nattfrid/relay/record/home-look';
import type { LookFacts } from '@nattfrid/relay/record/look';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-21T22:45:00Z'));
const at = (second: number) => after(night, seconds(second));
const machine = homeLookMachine({ answerWithin: seconds(10), firstPictureWithin: seconds(20) });
type Id = LookFacts['look'];
const bed = 'bed' as Id;
const hall = 'hall' as Id;
const bath = 'bath' as Id;
const retry = 'retry' as Id;
const anna = { id: 'a', name: 'Anna' };
const bo = { id: 'b', name: 'Bo' };

const facts = (look: Id, more: Partial<LookFacts> = {}): LookFacts => ({
  look,
  unit: `unit-${look}` as never,
  client: 'Ek' as never,
  reason: { type: 'window', window: 'late' },
  origin: 'plan',
  attempt: 1,
  dueFrom: at(0),
  dueUntil: at(1800),
  closes: at(1800),
  retryAfter: minutes(5),
  ...more,
});
const on = (look: Id, event: LookEvent): HomeEvent => ({ type: 'camera', look, event });
const lead = (more: Partial<LookFacts> = {}) => on(bed, { type: 'planned', facts: facts(bed, more) });
const beside = (look: Id) => on(look, { type: 'planned', facts: facts(look, { origin: 'beside', beside: bed }) });
const open = (look: Id, by = anna) => on(look, { type: 'opened', by, operatorKey: `key-${look}`, at: at(1) });
const answer = (look: Id, answered: LookAnswer) => on(look, { type: 'answered', answer: answered, at: at(2) });
const yes = (look: Id) =>
  answer(look, { type: 'opened', look, mode: 'silhouette', until: new Date(at(60)).toISOString() });
const no = (look: Id) => answer(look, { type: 'refused', look, why: 'outside-window' });
const picture = (look: Id) => on(look, { type: 'first-picture', at: at(3) });
const over = (look: Id) => answer(look, { type: 'ended', look, why: 'unit-failed' });
const seenBy = (look: Id) => answer(look, { type: 'client-seen', look });
const elsewhere = (look: Id) => answer(look, { type: 'ended', look, why: 'seen-elsewhere' });
const best = (among: 'shown' | 'all'): HomeEvent => ({ type: 'best-leads', look: bed, among });
const closed = (by = anna): HomeEvent => ({ type: 'closed', look: bed, by, at: at(9) });
const verdict = (what: 'all-well' | 'not-seen' | 'help-needed', by = anna): HomeEvent => ({
  type: 'verdict',
  look: bed,
  verdict: what,
  by,
  at: at(30),
  retry,
});
const opened = [lead(), beside(hall), open(bed), open(hall)] as const;
const forAlarm = lead({ origin: 'alarm', reason: { type: 'alarm', alarm: 'fall' as never } });

/** As the shell does: what follows from an effect is stepped before the next effect is done. */
function told(events: readonly HomeEvent[]): { readonly home: HomeLook; readonly effects: readonly HomeEffect[] } {
  let home = machine.initial;
  const effects: HomeEffect[] = [];
  const step = (event: HomeEvent): void => {
    const [next, made] = machine.step(home, event);
    home = next;
    for (const effect of made) {
      effects.push(effect);
      for (const follows of followedBy(effect)) step(follows);
    }
  };
  for (const event of events) step(event);
  return { home, effects };
}
function followedBy(effect: HomeEffect): readonly HomeEvent[] {
  if (effect.type === 'need-visit') return [on(effect.about.look, { type: 'visit-made', visit: 'v' as never })];
  if (effect.type === 'close-too') return [on(effect.about.look, { type: 'closed', by: effect.by, at: effect.at })];
  return [];
}

function word(effect: HomeEffect): string {
  if (effect.type === 'refuse') return `refuse ${effect.fault.code}`;
  const { look } = effect.about;
  if (effect.type === 'need-visit') return `visit ${effect.why} at ${look}`;
  if (effect.type === 'write') return `${effect.outcome.what} ${look}`;
  return `${effect.type} ${look}`;
}
const states = (home: HomeLook) => all(home).map(({ name, facts: { look } }) => `${look} ${name}`);
/** Without what the desk is told, and what the pass lets through. */
const deeds = (effects: readonly HomeEffect[]) =>
  effects.filter(({ type }) => !['tell', 'let-pass', 'let-in', 'stop-passing'].includes(type)).map(word);

describe('a look into a home with two cameras', () => {
  for (const [name, events, ends, does] of [
    ['asks both units', opened, ['bed asked', 'hall asked'], ['call bed', 'call hall']],
    [
      'is led by the camera that can show something, and sends nobody out for the other',
      [...opened, no(bed)],
      ['hall asked', 'bed refused'],
      ['call bed', 'call hall', 'look-refused bed'],
    ],
    [
      'sends somebody out once, when the last camera can show nothing either',
      [...opened, no(bed), no(hall)],
      ['hall refused', 'bed refused'],
      ['call bed', 'call hall', 'look-refused bed', 'visit technical-fault at hall', 'look-refused hall'],
    ],
    [
      'keeps its lead when a camera beside it fails',
      [...opened, no(hall)],
      ['bed asked', 'hall refused'],
      ['call bed', 'call hall', 'look-refused hall'],
    ],
    [
      'has one verdict, which ends the pictures of both',
      [...opened, yes(bed), picture(bed), yes(hall), best('all'), verdict('all-well')],
      ['bed done', 'hall done'],
      ['call bed', 'call hall', 'close bed', 'close hall'],
    ],
    [
      'is judged by what another camera shows, which leads then',
      [...opened, yes(bed), yes(hall), picture(hall), best('all'), verdict('not-seen')],
      ['hall done', 'bed done'],
      ['call bed', 'call hall', 'close hall', 'retry hall', 'close bed'],
    ],
    [
      'goes back onto the list once when it is closed before anything was seen',
      [...opened, yes(bed), yes(hall), best('shown'), closed()],
      ['bed due', 'hall done'],
      ['call bed', 'call hall', 'close bed', 'close hall', 'close-too hall'],
    ],
    [
      'waits for a word about what was seen on either camera when it is closed',
      [...opened, yes(bed), yes(hall), picture(hall), best('shown'), closed()],
      ['hall awaiting-verdict', 'bed done'],
      ['call bed', 'call hall', 'close hall', 'look-ended hall', 'close-too bed', 'close bed'],
    ],
    [
      'is closed by nobody but its operator, on no camera',
      [...opened, closed(bo)],
      ['bed asked', 'hall asked'],
      ['call bed', 'call hall', 'refuse not-allowed'],
    ],
    [
      'for an alarm is led by the camera that raised it, whatever the other shows',
      [forAlarm, beside(hall), open(bed), open(hall), yes(hall), picture(hall), no(bed), best('all')],
      ['bed refused', 'hall open'],
      ['call bed', 'call hall', 'look-refused bed'],
    ],
    [
      'for an alarm leads to its visit when its own camera fails',
      [forAlarm, beside(hall), open(bed), open(hall), yes(hall), picture(hall), yes(bed), over(bed)],
      ['bed failed', 'hall open'],
      ['call bed', 'call hall', 'visit technical-fault at bed', 'look-failed bed'],
    ],
    ['that nobody has heard of has no verdict', [verdict('all-well')], [], ['refuse not-found']],
  ] as const satisfies readonly (readonly [string, readonly HomeEvent[], readonly string[], readonly string[]])[])
    it(name, () => {
      const { home, effects } = told(events);
      expect(states(home)).toEqual(ends);
      expect(deeds(effects)).toEqual(does);
    });

  it('tells the desk of the new lead first, then of the old one, then of the rest', () => {
    const { home, effects } = told([lead(), beside(bath), beside(hall), open(bed), open(bath), yes(bath)]);
    const [, failed] = machine.step(home, no(bed));
    expect(effects.filter(({ type }) => type === 'let-pass').map(word)).toEqual(['let-pass bed', 'let-pass bath']);
    expect(failed.map(word)).toEqual(['stop-passing bed', 'look-refused bed', 'tell bath', 'tell bed', 'tell hall']);
  });

  it('has one lead that all others stand beside, and at most one visit, whatever happens', () => {
    const looks = [bed, hall, bath] as const;
    const event = fc.oneof(
      fc
        .constantFrom(...looks)
        .chain((look) => fc.constantFrom(open(look), yes(look), no(look), picture(look), over(look))),
      fc.constantFrom(
        best('shown'),
        best('all'),
        closed(),
        verdict('all-well'),
        verdict('not-seen'),
        verdict('help-needed', bo),
      ),
      fc
        .tuple(fc.constantFrom(...looks), fc.integer({ min: 0, max: 2000 }))
        .map(([look, second]) => on(look, { type: 'tick', at: at(second) })),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const { home, effects } = told([lead(), beside(bath), beside(hall), ...events]);
        expect(home.lead.name).not.toBe('none');
        if (home.lead.name === 'none') return;
        const { look } = home.lead.facts;
        expect(home.lead.facts.beside).toBeUndefined();
        for (const camera of home.cameras)
          if (camera.name !== 'done') expect(camera.facts).toMatchObject({ beside: look });
        expect(home.cameras.every(({ facts: { visit } }) => visit === undefined)).toBe(true);
        const visits = effects.filter((effect) => effect.type === 'need-visit' && effect.why === 'technical-fault');
        expect(visits.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('A1.7 a home in which one camera that shows the client is enough', () => {
  const closings = (...events: readonly HomeEvent[]) =>
    told(events).effects.flatMap((one) =>
      one.type === 'close' ? [`${one.about.look} ${one.why} ${one.operatorKey}`] : [],
    );
  const shown = [...opened, yes(bed), yes(hall)] as const;
  for (const [story, events, expected] of [
    [
      'asks the others to close once it shows the client',
      [...shown, picture(bed), seenBy(bed)],
      ['hall seen-elsewhere key-hall'],
    ],
    ['not before the operator has a picture of it', [...shown, seenBy(bed)], []],
    ['then as soon as there is one', [...shown, seenBy(bed), picture(bed)], ['hall seen-elsewhere key-hall']],
    [
      'nor one that shows the client too',
      [...shown, picture(bed), picture(hall), seenBy(hall), seenBy(bed)],
      ['bed seen-elsewhere key-bed'],
    ],
    ['asks once', [...shown, picture(bed), seenBy(bed), seenBy(bed), picture(hall)], ['hall seen-elsewhere key-hall']],
    [
      'asks one that opens only then',
      [...opened, yes(bed), picture(bed), seenBy(bed), yes(hall)],
      ['hall seen-elsewhere key-hall'],
    ],
    [
      'never at an alarm: there every camera is looked through',
      [forAlarm, beside(hall), open(bed), open(hall), yes(bed), yes(hall), picture(bed), seenBy(bed)],
      [],
    ],
  ] as const)
    it(story, () => expect(closings(...events)).toEqual(expected));

  it('needs one verdict, nobody who goes there, and shows no fault where a camera closed before its first picture', () => {
    const { home, effects } = told([...shown, picture(bed), seenBy(bed), elsewhere(hall), verdict('all-well')]);
    expect(all(home).map(({ name }) => name)).toEqual(['done', 'done']);
    expect(effects.filter(({ type }) => type === 'need-visit')).toEqual([]);
    const hallLook = all(home).find(({ facts: { look } }) => look === hall);
    expect(hallLook).toMatchObject({ end: 'seen-elsewhere' });
    expect(hallLook).not.toHaveProperty('fault');
  });

  it('is led by the camera that shows the client, where the one that led has closed for it', () => {
    const { home, effects } = told([...shown, picture(hall), seenBy(hall), elsewhere(bed)]);
    expect(home.lead).toMatchObject({ name: 'open', facts: { look: hall } });
    expect(effects.filter(({ type }) => type === 'need-visit')).toEqual([]);
  });
});
