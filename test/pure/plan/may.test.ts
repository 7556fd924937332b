/** May somebody look? Only in an agreed window, or for an alarm that the unit raised itself. */

import type { AlarmId, HaltId } from '@nattfrid/shared/domain/ids';
import { Refusal } from '@nattfrid/shared/domain/look';
import { Mode, Plan } from '@nattfrid/shared/domain/plan';
import { windowAt } from '@nattfrid/shared/domain/window';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { LookCall } from '@nattfrid/shared/wire/look-call';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Halts, haltMachine } from '../../../agent/src/halt/halts.ts';
import { type Circumstances, may, mayShowAs } from '../../../agent/src/plan/may.ts';

const at = (text: string) => instant(Date.parse(text));
const own = '00000000-0000-4000-8000-00000000000a' as AlarmId;
const foreign = '00000000-0000-4000-8000-00000000000b' as AlarmId;
const plan = Plan.parse({
  plan: '00000000-0000-4000-8000-0000000000aa',
  version: 3,
  unit: 'unit-1',
  client: 'Anna 3',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  mode: 'blur',
  watch: 'always',
  windows: [
    { id: 'late', from: '23:45', to: '00:15', looks: 1 },
    { id: 'early', from: '03:00', to: '03:30', looks: 1 },
  ],
  alarms: {},
  alarmLook: { minutes: 20 },
  longestLookSeconds: 120,
  consents: { technology: '2026-05-20', supervision: '2026-05-20', cohabitants: 'lives-alone' },
});
const calling = (reason: object, more: object = {}) =>
  LookCall.parse({
    look: '00000000-0000-4000-8000-000000000001',
    reason,
    operator: 'op-7',
    operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
    until: '2027-01-01T00:00:00Z',
    ...more,
  });
const late = calling({ type: 'window', window: 'late' });
const alarm = calling({ type: 'alarm', alarm: own });
const night = '2026-07-01T23:50:00+02:00';
const noon = '2026-07-02T12:00:00+02:00';
const now = (time: string, more: Partial<Circumstances> = {}): Circumstances => ({
  at: at(time),
  clockSure: true,
  plan,
  ownAlarms: [{ alarm: own, began: at('2026-07-02T11:50:00+02:00') }],
  halts: haltMachine.initial,
  readiness: { name: 'by-hand' },
  ...more,
});
const said = (call: LookCall, circumstances: Circumstances) => {
  const verdict = may(call, circumstances);
  return verdict.type === 'refused'
    ? verdict.why
    : `${verdict.mode} to ${printInstant(verdict.until).slice(11, 19)} ${verdict.endsBy}`;
};

const noHalts = haltMachine.initial;
const halt = '00000000-0000-4000-8000-0000000000d1' as HaltId;
const paused = (from: string, until: string): Halts => ({
  ...noHalts,
  pauses: [{ halt, from: at(`2026-07-01T${from}:00+02:00`), until: at(`2026-07-01T${until}:00+02:00`) }],
});

const table: readonly (readonly [string, LookCall, Circumstances, string])[] = [
  ['in the agreed window, for the longest look', late, now(night), 'blur to 21:52:00 time-up'],
  [
    'as long as was asked for, if shorter',
    calling(late.reason, { until: '2026-07-01T21:50:30Z' }),
    now(night),
    'blur to 21:50:30 time-up',
  ],
  ['no longer than the window', late, now('2026-07-02T00:14:30+02:00'), 'blur to 22:15:00 window-over'],
  [
    'no longer than the plan',
    late,
    now(night, { plan: { ...plan, validUntil: '2026-07-01T21:51:00Z' } }),
    'blur to 21:51:00 plan-changed',
  ],
  ['for a fresh alarm of its own, at noon', alarm, now(noon), 'blur to 10:02:00 time-up'],
  ['no longer than the alarm is fresh', alarm, now('2026-07-02T12:09:00+02:00'), 'blur to 10:10:00 window-over'],
  [
    'A5.5 not after a consent was taken back, in the agreed window or not',
    late,
    now(night, { halts: { ...noHalts, stop: { halt, planVersion: 3, why: 'consent-withdrawn' } } }),
    'consent-withdrawn',
  ],
  [
    'A5.5 nor for an alarm then',
    alarm,
    now(noon, { halts: { ...noHalts, stop: { halt, planVersion: 9, why: 'consent-withdrawn' } } }),
    'consent-withdrawn',
  ],
  [
    'not after its plan was ended',
    late,
    now(night, { halts: { ...noHalts, stop: { halt, planVersion: 3, why: 'plan-ended' } } }),
    'plan-expired',
  ],
  [
    'with a plan that was signed after the stop',
    late,
    now(night, { halts: { ...noHalts, stop: { halt, planVersion: 2, why: 'consent-withdrawn' } } }),
    'blur to 21:52:00 time-up',
  ],
  ['A7.11 not in a pause', late, now(night, { halts: paused('23:00', '23:55') }), 'paused'],
  [
    'A7.11 no longer than to the beginning of a pause',
    late,
    now(night, { halts: paused('23:51', '23:55') }),
    'blur to 21:51:00 paused',
  ],
  ['A7.11 after a pause, by itself', late, now(night, { halts: paused('23:00', '23:50') }), 'blur to 21:52:00 time-up'],
  [
    'A5.5 not while the switch is on',
    late,
    now(night, { halts: { ...noHalts, privacySwitch: 'on' } }),
    'privacy-switch',
  ],
  [
    'A5.5 not while the switch cannot be read',
    late,
    now(night, { halts: { ...noHalts, privacySwitch: 'unreadable' } }),
    'privacy-switch',
  ],
  [
    'A5.5 not where a technician has stopped it',
    late,
    now(night, { halts: { ...noHalts, atTheUnit: { type: 'stopped' } } }),
    'privacy-switch',
  ],
  ['one second before the window', late, now('2026-07-01T23:44:59+02:00'), 'outside-window'],
  ['at the last moment of the window', late, now('2026-07-02T00:15:00+02:00'), 'outside-window'],
  ['in another window than was named', late, now('2026-07-02T03:10:00+02:00'), 'outside-window'],
  ['a window that is not in the plan', calling({ type: 'window', window: 'noon' }), now(night), 'no-such-window'],
  ['an alarm that the unit did not raise', calling({ type: 'alarm', alarm: foreign }), now(noon), 'no-such-alarm'],
  ['an alarm that is too old', alarm, now('2026-07-02T12:10:00+02:00'), 'alarm-too-old'],
  ['an alarm from the future', alarm, now('2026-07-02T11:49:00+02:00'), 'alarm-too-old'],
  [
    'an alarm, where that was not agreed',
    alarm,
    now(noon, { plan: (({ alarmLook: _, ...rest }) => rest)(plan) }),
    'alarm-look-not-agreed',
  ],
  ['without a plan', late, now(night, { plan: undefined }), 'no-plan'],
  [
    'a plan whose consent is for later',
    late,
    now(night, { plan: { ...plan, consents: { ...plan.consents, supervision: '2026-07-02' } } }),
    'no-plan',
  ],
  ['before the plan begins', late, now('2026-05-31T23:50:00+02:00'), 'plan-not-begun'],
  ['after the plan has ended', late, now('2027-01-05T23:50:00+01:00'), 'plan-expired'],
  ['with a clock that is not sure', late, now(night, { clockSure: false }), 'clock-unsure'],
  ['a call that is over already', calling(late.reason, { until: '2026-07-01T21:00:00Z' }), now(night), 'call-invalid'],
  ['a key of another length', { ...late, operatorKey: toBase64Url(new Uint8Array(31)) }, now(night), 'call-invalid'],
];

describe('may somebody look', () => {
  for (const [name, call, circumstances, expected] of table)
    it(`${name}: ${expected}`, () => expect(said(call, circumstances)).toBe(expected));

  it('can be refused for every reason that there is', () => {
    // These are the look machine's own: it knows which look is open, and who has joined it.
    const elsewhere = ['another-look-open', 'no-such-look', 'too-many-viewers'];
    // And these of who asks: a console's proof is no matter of the plan (look/asker.ts, tried in ask-who and look).
    const asker = ['console-proof-wrong', 'console-unknown', 'key-changed'];
    expect(
      new Set([
        ...table.map(([, , , expected]) => expected).filter((one) => !one.includes(' ')),
        ...elsewhere,
        ...asker,
        ...Mode.options
          .map((mode) => mayShowAs(mode, late, now(night)))
          .flatMap((one) => ('why' in one ? [one.why] : [])),
      ]),
    ).toEqual(new Set(Refusal.options));
  });

  it('never says yes outside the windows without a fresh alarm of its own, nor for longer than agreed', () => {
    const start = at('2026-10-20T00:00:00Z');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 * 86_400_000 }),
        fc.oneof(
          fc.constantFrom('late', 'early', 'noon').map((window) => ({ type: 'window', window })),
          fc.constantFrom(own, foreign).map((id) => ({ type: 'alarm', alarm: id })),
        ),
        fc.integer({ min: -3_600_000, max: 3_600_000 }),
        fc.boolean(),
        fc.integer({ min: -60, max: 7200 }),
        (offset, reason, age, clockSure, askedSeconds) => {
          const moment = instant(start + offset);
          const began = instant(moment - age);
          const call = calling(reason, { until: printInstant(instant(moment + askedSeconds * 1000)) });
          const verdict = may(call, {
            at: moment,
            clockSure,
            plan,
            ownAlarms: [{ alarm: own, began }],
            halts: haltMachine.initial,
            readiness: { name: 'by-hand' },
          });
          if (verdict.type === 'refused') return;
          const window =
            call.reason.type === 'window'
              ? plan.windows.find(({ id }) => id === (reason as { window: string }).window)
              : undefined;
          const open = window && windowAt(window, moment);
          const fresh = call.reason.type === 'alarm' && call.reason.alarm === own && age >= 0 && age < 20 * 60_000;
          expect(clockSure && (open !== undefined || fresh)).toBe(true);
          expect(verdict.until).toBeGreaterThan(moment);
          expect(verdict.until - moment).toBeLessThanOrEqual(120_000);
          if (open) expect(verdict.until).toBeLessThanOrEqual(open.closes);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('how a person may be shown', () => {
  const wish = (mode: Mode, more: Partial<Plan> = {}, call = late, when = night) => {
    const verdict = mayShowAs(mode, call, now(when, { plan: { ...plan, ...more } }));
    return verdict.type === 'refused' ? verdict.why : verdict.mode;
  };
  for (const [name, mode, agreed, expected] of [
    ['as the plan says', 'blur', {}, 'blur'],
    ['with less than the plan says', 'silhouette', {}, 'silhouette'],
    ['not with more than the plan says', 'clear', {}, 'mode-not-agreed'],
    ['not with something else that hides less here and more there', 'blocks', {}, 'mode-not-agreed'],
    ['as the plan says besides', 'blocks', { alsoAgreed: ['blocks'] }, 'blocks'],
    ['with more, where the plan says that besides', 'clear', { alsoAgreed: ['clear'] }, 'clear'],
    ['with less than what it says besides', 'blocks', { alsoAgreed: ['clear'] }, 'blocks'],
    ['not with more than a silhouette', 'blur', { mode: 'silhouette' }, 'mode-not-agreed'],
  ] satisfies [string, Mode, Partial<Plan>, string][])
    it(name, () => expect(wish(mode, agreed)).toBe(expected));

  it('in no way where nobody may look', () => {
    expect(wish('silhouette', {}, late, noon)).toBe('outside-window');
    expect(mayShowAs('silhouette', late, now(night, { plan: undefined }))).toMatchObject({ why: 'no-plan' });
  });
  it('never with more than has been agreed, whatever is wished', () => {
    const seen = { silhouette: 1, blur: 2, blocks: 2, clear: 3 } as const;
    const modes = fc.constantFrom(...Mode.options);
    fc.assert(
      fc.property(modes, modes, fc.subarray([...Mode.options], { maxLength: 3 }), (mode, first, alsoAgreed) => {
        const agreed = [first, ...alsoAgreed];
        const may = wish(mode, { mode: first, alsoAgreed }) === mode;
        expect(may).toBe(agreed.includes(mode) || agreed.some((one) => seen[one] > seen[mode]));
      }),
    );
  });
  it('for as long as the look may be, and no longer', () => {
    const asked = now('2026-07-02T00:14:30+02:00');
    expect(mayShowAs('silhouette', late, asked)).toEqual({ ...may(late, asked), mode: 'silhouette' });
  });
});
