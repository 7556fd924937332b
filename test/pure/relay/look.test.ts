/** What becomes of a look: it ends in a person's verdict or in a visit, and never by itself. */

import type { LookEffect, LookEvent } from '@nattfrid/relay/camera-look/event';
import { lookMachine } from '@nattfrid/relay/camera-look/step';
import type { Look, LookFacts } from '@nattfrid/relay/record/look';
import type { LookEnd, NoPicture, Refusal, Verdict } from '@nattfrid/shared/domain/look';
import { run } from '@nattfrid/shared/machine/machine';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-21T22:45:00Z'));
const at = (second: number) => after(night, seconds(second));
const machine = lookMachine({ answerWithin: seconds(10), firstPictureWithin: seconds(20) });
const look = '00000000-0000-4000-8000-000000000001' as LookFacts['look'];
const retry = '00000000-0000-4000-8000-000000000002' as LookFacts['look'];
const alarm = '00000000-0000-4000-8000-000000000003';

const facts = (more: Partial<LookFacts> = {}): LookFacts => ({
  look,
  unit: 'unit-1' as never,
  client: 'Anna 3' as never,
  reason: { type: 'window', window: 'late' },
  origin: 'plan',
  attempt: 1,
  dueFrom: at(0),
  dueUntil: at(1800),
  closes: at(1800),
  retryAfter: minutes(15),
  ...more,
});
const due = (more: Partial<LookFacts> = {}): LookEvent => ({ type: 'planned', facts: facts(more) });
const forAlarm = due({ origin: 'alarm', reason: { type: 'alarm', alarm: alarm as never } });
const extra = due({ origin: 'operator' });
const anna = { id: 'a', name: 'Anna' };
const bo = { id: 'b', name: 'Bo' };
const open = (second: number, by = anna, operatorKey = 'first'): LookEvent => ({
  type: 'opened',
  by,
  operatorKey,
  at: at(second),
});
const say = (second: number, answer: LookAnswer): LookEvent => ({ type: 'answered', answer, at: at(second) });
/** Said of the time in which it was opened with this key. */
const of = (operatorKey: string, event: LookEvent): LookEvent =>
  event.type === 'answered' ? { ...event, answer: { ...event.answer, operatorKey } as LookAnswer } : event;
const yes = (second: number) =>
  say(second, { type: 'opened', look, mode: 'silhouette', until: new Date(at(second + 60)).toISOString() });
const no = (second: number, why: Refusal) => say(second, { type: 'refused', look, why });
const noPicture = (second: number, why: NoPicture) => say(second, { type: 'no-picture', look, why });
const over = (second: number, why: LookEnd) => say(second, { type: 'ended', look, why });
const picture = (second: number): LookEvent => ({ type: 'first-picture', at: at(second) });
const close = (second: number, by = anna): LookEvent => ({ type: 'closed', by, at: at(second) });
const joins = (by = bo): LookEvent => ({ type: 'joined', by: { ...by, alias: `op-${by.id}` as never } });
const leaves = (by = bo): LookEvent => ({ type: 'left', by });
const notJoined = (second: number, who = bo) =>
  say(second, { type: 'not-joined', look, operator: `op-${who.id}` as never, why: 'outside-window' });
const verdict = (second: number, what: Verdict, by = anna): LookEvent => ({
  type: 'verdict',
  verdict: what,
  by,
  at: at(second),
  retry,
});
const tick = (second: number): LookEvent => ({ type: 'tick', at: at(second) });
const seen = [open(1), yes(2), picture(3)] as const;

function word(effect: LookEffect): string {
  switch (effect.type) {
    case 'call':
      return 'call';
    case 'close':
      return `close ${effect.why}`;
    case 'admit':
      return `admit ${effect.joined.name}`;
    case 'dismiss':
      return `dismiss ${effect.joined.name}`;
    case 'need-visit':
      return `visit ${effect.why}`;
    case 'put-back':
      return `put back ${effect.why}`;
    case 'retry':
      return `retry ${effect.facts.attempt} from ${(effect.facts.dueFrom - night) / 1000} until ${(effect.facts.dueUntil - night) / 1000}`;
    case 'alarm-verdict':
      return `alarm ${effect.verdict}`;
    case 'refuse':
      return `refuse ${effect.fault.code}`;
  }
}

function state(of: Look): string {
  switch (of.name) {
    case 'refused':
      return `refused ${of.refusal}`;
    case 'failed':
      return `failed ${of.fault}`;
    case 'awaiting-verdict':
      return `awaiting-verdict ${of.end}`;
    case 'done':
      return `done ${of.verdict?.verdict ?? 'without verdict'}`;
    case 'none':
    case 'due':
    case 'asked':
    case 'open':
      return of.name;
  }
}

describe('a look', () => {
  for (const [name, events, ends, effects] of [
    ['waits to be opened', [due(), tick(1799)], 'due', []],
    ['is not opened before its time', [due({ dueFrom: at(60) }), open(59)], 'due', ['refuse not-now']],
    ['asks the unit', [due(), open(1)], 'asked', ['call']],
    ['is one operator’s', [due(), open(1), open(2, bo)], 'asked', ['call', 'refuse not-now']],
    ['is joined by a colleague while it is open', [due(), ...seen, joins()], 'open', ['call', 'admit Bo']],
    ['is joined by nobody before it is open', [due(), open(1), joins()], 'asked', ['call', 'refuse not-now']],
    ['is not joined by whoever has it', [due(), ...seen, joins(anna)], 'open', ['call', 'refuse not-now']],
    [
      'is joined by three at most',
      [due(), ...seen, ...['c', 'd', 'e', 'f'].map((id) => joins({ id, name: id }))],
      'open',
      ['call', 'admit c', 'admit d', 'admit e', 'refuse not-now'],
    ],
    [
      'is left again, once, and stays open for whoever has it',
      [due(), ...seen, joins(), leaves(), leaves()],
      'open',
      ['call', 'admit Bo', 'dismiss Bo'],
    ],
    [
      'is not joined by whom the unit does not want',
      [due(), ...seen, joins(), notJoined(4)],
      'open',
      ['call', 'admit Bo', 'dismiss Bo'],
    ],
    [
      'is not ended or judged well by a colleague',
      [due(), ...seen, joins(), close(5, bo), verdict(6, 'all-well', bo)],
      'open',
      ['call', 'admit Bo', 'refuse not-allowed', 'refuse not-allowed'],
    ],
    ['is open when the unit says yes', [due(), open(1), yes(2)], 'open', ['call']],
    [
      'ends when all is well',
      [due(), ...seen, verdict(30, 'all-well')],
      'done all-well',
      ['call', 'close operator-closed'],
    ],
    [
      'is tried again when nobody was seen',
      [due(), ...seen, verdict(30, 'not-seen')],
      'done not-seen',
      ['call', 'close operator-closed', 'retry 2 from 930 until 1800'],
    ],
    [
      'is tried again while the agreed time lasts',
      [due({ dueUntil: at(1200), closes: at(1200) }), open(700), yes(701), picture(702), verdict(720, 'not-seen')],
      'done not-seen',
      ['call', 'close operator-closed', 'retry 2 from 1080 until 1200'],
    ],
    [
      'leads to a visit when the agreed time has no room for a second try',
      [due(), open(1700), yes(1701), picture(1702), verdict(1710, 'not-seen')],
      'done not-seen',
      ['call', 'close operator-closed', 'visit not-seen-twice'],
    ],
    [
      'leads to a visit when nobody was seen twice',
      [due({ attempt: 2 }), ...seen, verdict(30, 'not-seen')],
      'done not-seen',
      ['call', 'close operator-closed', 'visit not-seen-twice'],
    ],
    [
      'leads to a visit when help is needed',
      [due(), ...seen, verdict(30, 'help-needed')],
      'done help-needed',
      ['call', 'close operator-closed', 'visit help-needed'],
    ],
    ['leads to a visit when nobody has made it', [due(), tick(1800)], 'failed missed', ['visit technical-fault']],
    [
      'leads to a visit when the unit cannot be reached',
      [due(), open(1), { type: 'unreachable', at: at(1) }],
      'failed unit-unreachable',
      ['call', 'visit technical-fault'],
    ],
    [
      'leads to a visit when the unit does not answer',
      [due(), open(1), tick(10), tick(11)],
      'failed no-answer',
      ['call', 'close time-up', 'visit technical-fault'],
    ],
    [
      'leads to a visit when the unit refuses at the agreed time',
      [due(), open(1), no(2, 'plan-expired')],
      'refused plan-expired',
      ['call', 'visit technical-fault'],
    ],
    [
      'leads to a visit when no picture comes',
      [due(), open(1), yes(2), noPicture(3, 'camera-lost'), tick(21), tick(22)],
      'failed no-picture',
      ['call', 'close time-up', 'visit technical-fault'],
    ],
    [
      'waits for a picture that comes late',
      [due(), open(1), yes(2), noPicture(3, 'connecting-camera'), picture(21), tick(22)],
      'open',
      ['call'],
    ],
    ['counts a picture that overtakes the yes', [due(), open(1), picture(2), yes(3), tick(40)], 'open', ['call']],
    [
      'waits for a verdict when its time is up',
      [due(), ...seen, over(62, 'time-up'), tick(9999)],
      'awaiting-verdict time-up',
      ['call'],
    ],
    [
      'waits for a verdict when the link is lost',
      [due(), ...seen, tick(66), tick(67)],
      'awaiting-verdict link-lost',
      ['call', 'close time-up'],
    ],
    [
      'is over when its unit is gone, and waits for a word about what was seen',
      [due(), ...seen, { type: 'unit-gone' }, tick(9999)],
      'awaiting-verdict link-lost',
      ['call'],
    ],
    [
      'leads to a visit when its unit is gone before anything was seen',
      [due(), open(1), yes(2), { type: 'unit-gone' }],
      'failed no-picture',
      ['call', 'visit technical-fault'],
    ],
    [
      'leads to a visit when its unit is gone before it has answered',
      [due(), open(1), { type: 'unit-gone' }],
      'failed unit-unreachable',
      ['call', 'visit technical-fault'],
    ],
    [
      'that has shown something before its yes was taken is answered for when its unit is back',
      [due(), open(1), picture(2), { type: 'unit-gone' }, yes(4), over(4, 'link-lost')],
      'awaiting-verdict link-lost',
      ['call'],
    ],
    ['is none the less to be made when its unit is gone before', [due(), { type: 'unit-gone' }], 'due', []],
    [
      'leads to a visit when its console could not trust what came, whatever was handed to it',
      [due(), ...seen, { type: 'closed', by: anna, at: at(4), why: 'key-changed' }],
      'failed key-changed',
      ['call', 'close key-changed', 'visit technical-fault'],
    ],
    [
      'is not asked of a unit with another key than the console knows, and leads to a visit',
      [due(), { type: 'untrusted', by: anna, at: at(1) }],
      'failed key-changed',
      ['visit technical-fault'],
    ],
    [
      'leads to no visit when the unit does not know the console: it is put back',
      [due(), open(1), no(2, 'key-changed')],
      'refused key-changed',
      ['call', 'put back key-changed'],
    ],
    [
      'is put back as well where the plan asks for another console',
      [due(), open(1), no(2, 'console-unknown')],
      'refused console-unknown',
      ['call', 'put back console-unknown'],
    ],
    [
      'leads to a visit when its time is over by then',
      [due({ dueUntil: at(3) }), open(1), no(4, 'key-changed')],
      'refused key-changed',
      ['call', 'visit technical-fault'],
    ],
    [
      'goes on with a colleague whose console knows the key',
      [due(), ...seen, { type: 'untrusted', by: bo, at: at(4) }],
      'open',
      ['call', 'refuse not-now'],
    ],
    [
      'waits for a verdict when it is closed',
      [due(), ...seen, close(9)],
      'awaiting-verdict operator-closed',
      ['call', 'close operator-closed'],
    ],
    [
      'is due again when it is closed before anything was seen',
      [due(), open(1), yes(2), close(3)],
      'due',
      ['call', 'close operator-closed'],
    ],
    [
      'is opened again after that, and what is still said of the time before changes nothing',
      [
        ...[due(), open(1), yes(2), close(3), open(4, anna, 'second')],
        ...[of('first', over(5, 'operator-closed')), of('first', no(5, 'call-invalid')), of('second', yes(6))],
        of('first', over(7, 'time-up')),
      ],
      'open',
      ['call', 'close operator-closed', 'call'],
    ],
    [
      'is ended by a unit that names its time, also where it was opened before an update and bears none',
      [due(), { type: 'opened', by: anna, at: at(1) }, of('first', yes(2)), of('first', over(3, 'time-up'))],
      'failed no-picture',
      ['call', 'visit technical-fault'],
    ],
    [
      'is no verdict’s before anything was seen',
      [due(), open(1), yes(2), verdict(3, 'all-well')],
      'open',
      ['call', 'refuse not-now'],
    ],
    [
      'may call for help before anything was seen',
      [due(), open(1), yes(2), verdict(3, 'help-needed')],
      'done help-needed',
      ['call', 'close operator-closed', 'visit help-needed'],
    ],
    [
      'lets nobody else say that all is well',
      [due(), ...seen, verdict(9, 'all-well', bo)],
      'open',
      ['call', 'refuse not-allowed'],
    ],
    [
      'has one verdict',
      [due(), ...seen, verdict(9, 'all-well'), verdict(10, 'help-needed')],
      'done all-well',
      ['call', 'close operator-closed', 'refuse not-now'],
    ],
    [
      'can be tried again after a fault; one visit is enough',
      [due({ visit: 'v' as never }), open(1), no(2, 'no-plan'), open(9), no(10, 'no-plan')],
      'refused no-plan',
      ['call', 'call'],
    ],
    [
      'that failed is done when the visit is',
      [due(), tick(1800), { type: 'settled', at: at(4000) }],
      'done without verdict',
      ['visit technical-fault'],
    ],
    ['goes when a newer plan does not know it', [due(), { type: 'unplanned', at: at(1) }], 'done without verdict', []],
    ['that is open stays when the plan changes', [due(), ...seen, { type: 'unplanned', at: at(4) }], 'open', ['call']],
    [
      'for an alarm gives the alarm its verdict',
      [forAlarm, ...seen, verdict(9, 'not-seen')],
      'done not-seen',
      ['call', 'close operator-closed', 'alarm not-seen'],
    ],
    [
      'for an alarm that is refused leaves the alarm',
      [forAlarm, open(1), no(2, 'alarm-too-old')],
      'refused alarm-too-old',
      ['call'],
    ],
    [
      'for an alarm without a picture leads to a visit',
      [forAlarm, open(1), tick(11)],
      'failed no-answer',
      ['call', 'close time-up', 'visit technical-fault'],
    ],
    [
      'that nobody had agreed to leads to no visit',
      [extra, open(1), no(2, 'outside-window')],
      'refused outside-window',
      ['call'],
    ],
    [
      'that nobody had agreed to can be put away',
      [extra, open(1), no(2, 'outside-window'), close(3)],
      'done without verdict',
      ['call'],
    ],
  ] as const satisfies readonly (readonly [string, readonly LookEvent[], string, readonly string[]])[])
    it(name, () => {
      const told = run(machine, events);
      expect(state(told.state)).toBe(ends);
      expect(told.effects.map(word)).toEqual(effects);
    });

  it('never ends without a verdict or a visit, whatever happens', () => {
    const event = fc.oneof(
      fc.constantFrom(
        open(1),
        open(2, bo),
        yes(3),
        no(4, 'no-plan'),
        noPicture(5, 'camera-lost'),
        over(6, 'time-up'),
        picture(7),
        close(8),
        close(8, bo),
        verdict(9, 'all-well'),
        verdict(9, 'not-seen'),
        verdict(9, 'help-needed', bo),
      ),
      fc.integer({ min: 0, max: 10_000 }).map(tick),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const told = asTheShellDoes([due(), ...events]);
        if (told.state.name !== 'done') return;
        const { verdict: given } = told.state;
        expect(given).toBeDefined();
        if (given?.verdict === 'all-well') expect(told.state.shown?.firstPictureAt).toBeDefined();
        else expect(told.effects.some((effect) => effect.type === 'need-visit' || effect.type === 'retry')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('forgets a wish that the unit has not answered in time, and keeps what it has refused', () => {
    const wish: LookEvent = { type: 'wished', by: anna, mode: 'blur', at: at(10) };
    const of = (...events: readonly LookEvent[]) => {
      const { state: found } = run(machine, [due(), ...seen, ...events]);
      return found.name === 'open' ? found.shown.wish : found.name;
    };
    expect(of(wish, tick(19))).toMatchObject({ mode: 'blur' });
    expect(of(wish, tick(20))).toBeUndefined();
    const no = say(11, { type: 'mode-refused', look, mode: 'blur', why: 'mode-not-agreed' });
    expect(of(wish, no, tick(20))).toMatchObject({ why: 'mode-not-agreed' });
  });
});

/** A visit that is needed is made at once, and the look hears of it. */
function asTheShellDoes(events: readonly LookEvent[]): ReturnType<typeof run<Look, LookEvent, LookEffect>> {
  let state = machine.initial;
  const effects: LookEffect[] = [];
  for (const event of events) {
    const [next, told] = machine.step(state, event);
    effects.push(...told);
    const made = told.some((effect) => effect.type === 'need-visit');
    state = made ? machine.step(next, { type: 'visit-made', visit: 'v' as never })[0] : next;
  }
  return { state, effects };
}
