/** What a unit makes of stops, pauses, its own switch and a technician: each takes away, and nothing but a newer signed plan ends a stop. */
import {
  type HaltEvent,
  type Halted,
  type Halts,
  haltedNow,
  haltMachine,
  heldHalts,
  nextPause,
} from '@nattfrid/agent/halt/halts';
import { readTold, writeTold } from '@nattfrid/agent/halt/kept-halts';
import { looks } from '@nattfrid/agent/look/look';
import { inForce } from '@nattfrid/agent/plan/in-force';
import { type Circumstances, may } from '@nattfrid/agent/plan/may';
import { planState } from '@nattfrid/agent/plan/plan-state';
import type { HaltId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { windowAt } from '@nattfrid/shared/domain/window';
import { days, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { type HaltAnswer, HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import { withOldWord, withOwnWord } from '@nattfrid/shared/wire/halt-words';
import { LookAnswer, LookCall } from '@nattfrid/shared/wire/look-call';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-22T23:00:00+01:00'));
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as HaltId;
const at = (minute: number) => after(night, minutes(minute));
const stop = (planVersion: number, halt = 1): HaltLetter =>
  HaltLetter.parse({ type: 'stop', halt: id(halt), at: printInstant(night), planVersion, why: 'consent-withdrawn' });
const pause = (from: number, until: number, halt = 2): HaltLetter =>
  HaltLetter.parse({
    type: 'pause',
    halt: id(halt),
    at: printInstant(night),
    from: printInstant(at(from)),
    until: printInstant(at(until)),
  });
const over = (halt: number): HaltLetter =>
  HaltLetter.parse({ type: 'pause-over', halt: id(halt), at: printInstant(night) });
const letter = (one: HaltLetter, newest?: number, minute = 0): HaltEvent => ({
  type: 'letter',
  letter: one,
  newest,
  at: at(minute),
});
const run = (events: readonly HaltEvent[]) => {
  let state = haltMachine.initial;
  const answers: HaltAnswer[] = [];
  for (const event of events) {
    const [next, effects] = haltMachine.step(state, event);
    state = next;
    answers.push(...effects.map(({ answer }) => answer));
  }
  return { state, answers };
};
const word = (halted: Halted | undefined) => halted?.why ?? 'watches';

describe('A5.5 A7.11 a unit that has plan 3', () => {
  for (const [name, events, minute, expected] of [
    ['watches where nothing halts it', [], 0, 'watches'],
    ['is stopped', [letter(stop(3), 3)], 0, 'consent-withdrawn'],
    ['is stopped by a stop of plans yet to come', [letter(stop(5), 3)], 0, 'consent-withdrawn'],
    ['goes on where the stop is of a plan before it', [letter(stop(2), 3)], 0, 'watches'],
    [
      'stays stopped when an older stop comes after',
      [letter(stop(3), 3), letter(stop(2, 7), 1)],
      0,
      'consent-withdrawn',
    ],
    [
      'stays stopped when its stop is said to be a pause that is over',
      [letter(stop(3), 3), letter(over(1))],
      0,
      'consent-withdrawn',
    ],
    ['rests in a pause', [letter(pause(0, 60))], 30, 'paused'],
    ['does not rest before it', [letter(pause(30, 60))], 29, 'watches'],
    ['goes on by itself after it', [letter(pause(0, 60))], 60, 'watches'],
    ['goes on when it is over sooner', [letter(pause(0, 60)), letter(over(2))], 30, 'watches'],
    ['rests on in another pause', [letter(pause(0, 60)), letter(pause(0, 90, 3)), letter(over(2))], 70, 'paused'],
    [
      'takes no end of a pause for the end of the switch',
      [letter(pause(0, 60)), { type: 'switch', now: 'on' }, letter(over(2))],
      30,
      'privacy-switch',
    ],
    ['is dark where its switch cannot be read', [{ type: 'switch', now: 'unreadable' }], 0, 'switch-unreadable'],
    ['is dark where a technician says so', [{ type: 'at-the-unit', now: { type: 'stopped' } }], 0, 'technician'],
    [
      'rests where a technician says so',
      [{ type: 'at-the-unit', now: { type: 'paused', until: at(60) } }],
      59,
      'paused',
    ],
    ['goes on after that', [{ type: 'at-the-unit', now: { type: 'paused', until: at(60) } }], 60, 'watches'],
    [
      'is not started by a technician where it is stopped',
      [letter(stop(3), 3), { type: 'at-the-unit', now: { type: 'nothing' } }],
      0,
      'consent-withdrawn',
    ],
  ] satisfies [string, HaltEvent[], number, string][])
    it(name, () => expect(word(haltedNow(run(events).state, { version: 3 }, at(minute)))).toBe(expected));

  for (const [name, given, newest, why] of [
    ['a stop of a plan that is older than its own', stop(2), 3, 'newer-plan'],
    ['a pause that ends before it begins', pause(60, 30), 3, 'not-sane'],
    ['a pause of more than 14 days', pause(0, 14 * 24 * 60 + 1), 3, 'too-long'],
  ] as const)
    it(`refuses ${name}, and says so`, () =>
      expect(run([letter(given, newest)]).answers).toEqual([
        { type: 'refused', halt: given.halt, why, version: newest },
      ]));

  it('takes the same letter as often as it comes, and is the same after it', () => {
    const once = run([letter(stop(3), 3), letter(pause(0, 60))]);
    const again = run([letter(stop(3), 3), letter(pause(0, 60)), letter(pause(0, 60)), letter(stop(3), 3)]);
    expect(again.state).toEqual(once.state);
    expect(heldHalts(again.state)).toEqual([id(1), id(2)]);
  });

  it('is told of no more pauses than it can name when it says which it has', () => {
    const { state, answers } = run(Array.from({ length: 40 }, (_, n) => letter(pause(0, 60, 10 + n))));
    expect(heldHalts(state)).toHaveLength(15);
    expect(answers.at(-1)).toMatchObject({ type: 'refused', why: 'too-many' });
  });
});

const plan = (version: number) =>
  Plan.parse({
    plan: '00000000-0000-4000-8000-0000000000aa',
    version,
    unit: 'unit-1',
    client: 'Björken 3',
    validFrom: '2026-11-01T00:00:00Z',
    validUntil: '2026-12-01T00:00:00Z',
    mode: 'silhouette',
    watch: 'always',
    windows: [{ id: 'late', from: '22:30', to: '02:00', looks: 2 }],
    alarms: { fall: { persistenceSeconds: 15 } },
    consents: { technology: '2026-10-20', supervision: '2026-10-20', cohabitants: 'lives-alone' },
  });

describe('what the relay is told of the plan', () => {
  for (const [name, version, dark, expected] of [
    ['is that it is in force', 3, undefined, 'in-force'],
    ['is that it is stopped', 3, { why: 'consent-withdrawn' }, 'stopped'],
    ['is that it is stopped by the switch', 3, { why: 'privacy-switch' }, 'stopped'],
    ['is that it rests', 3, { why: 'paused' }, 'paused'],
    ['is that a unit without one is stopped', undefined, { why: 'consent-withdrawn' }, 'stopped'],
  ] as const)
    it(name, () => expect(planState(version && plan(version), night, dark).state).toBe(expected));
  it('is that it has ended, halted or not', () =>
    expect(planState(plan(3), after(night, days(30)), { why: 'consent-withdrawn' }).state).toBe('ended'));
});

const call = (number: number) =>
  LookCall.parse({
    look: id(1000 + number),
    reason: { type: 'window', window: 'late' },
    operator: 'op-7',
    operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
    until: '2027-01-01T00:00:00Z',
  });

/** What may happen to a unit, and what a relay that lies can send it. */
type Deed =
  | { readonly do: 'letter'; readonly letter: HaltLetter }
  | { readonly do: 'plan'; readonly version: number }
  | { readonly do: 'clock'; readonly minutes: number }
  | { readonly do: 'switch'; readonly now: Halts['privacySwitch'] }
  | { readonly do: 'technician'; readonly now: Halts['atTheUnit'] }
  | { readonly do: 'restart' };

const few = fc.integer({ min: 1, max: 5 });
const minute = fc.integer({ min: -600, max: 3000 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constant('letter' as const),
    letter: fc.oneof(
      fc.tuple(few, few).map(([version, halt]) => stop(version, halt)),
      fc.tuple(minute, minute, few).map(([from, until, halt]) => pause(from, until, halt)),
      few.map(over),
    ),
  }),
  fc.record({ do: fc.constant('plan' as const), version: few }),
  fc.record({ do: fc.constant('clock' as const), minutes: fc.integer({ min: -300, max: 900 }) }),
  fc.record({ do: fc.constant('switch' as const), now: fc.constantFrom('off', 'on', 'unreadable') }),
  fc.record({
    do: fc.constant('technician' as const),
    now: fc.oneof(
      fc.constant({ type: 'nothing' as const }),
      fc.constant({ type: 'stopped' as const }),
      minute.map((until) => ({ type: 'paused' as const, until: at(until) })),
    ),
  }),
  fc.constant({ do: 'restart' as const }),
);

describe('A1.1 A1.2 A5.5 whatever comes, in whichever order', () => {
  it('no look is open outside the plan, nor while the unit is halted; and where nothing halts it, the plan alone decides', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        let [halts, version, now, look] = [haltMachine.initial, 0, night as Instant, looks.initial];
        // What is known here of what was said, kept another way than the unit keeps it.
        const stops: number[] = [];
        let pauses: { halt: HaltId; from: number; until: number }[] = [];
        let opened = 0;
        for (const one of deeds) {
          switch (one.do) {
            case 'letter': {
              const { letter: said } = one;
              const event = { type: 'letter', letter: said, newest: version || undefined, at: now } as const;
              const [next, effects] = haltMachine.step(halts, event);
              halts = next;
              if (effects[0]?.answer.type === 'refused') break;
              if (said.type === 'stop') stops.push(said.planVersion);
              else pauses = pauses.filter(({ halt }) => halt !== said.halt);
              if (said.type === 'pause')
                pauses.push({ halt: said.halt, from: Date.parse(said.from), until: Date.parse(said.until) });
              break;
            }
            case 'plan':
              // A unit takes no lower one than it has.
              version = Math.max(version, one.version);
              break;
            case 'clock':
              now = after(now, minutes(one.minutes));
              break;
            case 'switch':
              [halts] = haltMachine.step(halts, { type: 'switch', now: one.now });
              break;
            case 'technician':
              [halts] = haltMachine.step(halts, { type: 'at-the-unit', now: one.now });
              break;
            case 'restart': {
              // What the switch and the technician say is read anew, and is the same.
              const { atTheUnit, privacySwitch } = halts;
              halts = { ...haltMachine.initial, ...readTold(writeTold(halts)), atTheUnit, privacySwitch };
              [look] = looks.step(look, { type: 'stopping', at: now });
            }
          }
          const has = version ? plan(version) : undefined;
          const circumstances: Circumstances = {
            at: now,
            clockSure: true,
            plan: has,
            ownAlarms: [],
            halts,
            readiness: { name: 'by-hand' },
          };
          [look] = looks.step(look, { type: 'plan-changed', now: circumstances });
          [look] = looks.step(look, { type: 'tick', at: now });
          const asked = call(opened++);
          [look] = looks.step(look, { type: 'call', call: asked, asker: { by: 'voucher' }, now: circumstances });
          const rests = pauses.some(({ from, until }) => from <= now && now < until);
          const technician = halts.atTheUnit;
          const halted =
            stops.some((upTo) => version <= upTo) ||
            rests ||
            halts.privacySwitch !== 'off' ||
            technician.type === 'stopped' ||
            (technician.type === 'paused' && now < technician.until);
          const agreed = inForce(has, now) !== undefined && windowAt(plan(1).windows[0]!, now) !== undefined;
          expect(may(asked, circumstances).type === 'allowed').toBe(agreed && !halted);
          if (look.name === 'open') {
            expect(halted).toBe(false);
            expect(agreed).toBe(true);
            const begins = nextPause(halts, now);
            if (begins !== undefined) expect(look.look.until).toBeLessThanOrEqual(begins);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('what is kept of halts', () => {
  it('is read as it was written, and is nothing where it cannot be', () => {
    const { state } = run([letter(stop(3), 3), letter(pause(0, 60))]);
    expect(readTold(writeTold(state))).toEqual({ stop: state.stop, pauses: state.pauses });
    expect(readTold(undefined)).toEqual({ stop: undefined, pauses: [] });
    for (const wrong of ['', '{', '{"stop":{}}', '[]', 'null']) expect(readTold(wrong)).toBeUndefined();
  });
});

describe('what is answered about a look to a relay that is older than halts', () => {
  const asked = { look: id(7), operatorKey: toBase64Url(new Uint8Array(32).fill(9)) };
  for (const [type, why, old] of [
    ['ended', 'consent-withdrawn', 'plan-changed'],
    ['ended', 'paused', 'plan-changed'],
    ['refused', 'privacy-switch', 'no-plan'],
  ] as const)
    it(`is in words that it knows: ${type} ${why} as ${old}, and comes out as it was at one that knows it`, () => {
      const answer = LookAnswer.parse({ type, ...asked, why });
      const sent = withOldWord(answer);
      expect(sent).toMatchObject({ type, why: old });
      expect(withOwnWord(LookAnswer.parse(sent))).toEqual(answer);
    });
  it('is as it is where it is about something else', () => {
    const answer = LookAnswer.parse({ type: 'ended', ...asked, why: 'time-up' });
    expect(withOldWord(answer)).toBe(answer);
    expect(withOwnWord(answer)).toBe(answer);
  });
});
