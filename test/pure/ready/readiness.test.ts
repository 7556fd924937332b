/** A unit that was paired by its label decides itself when it may be left: no plan is in force before it has seen the three tests. */
import type { AlarmId, LookId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { type Duration, hours, minutes } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { LookCall } from '@nattfrid/shared/wire/look-call';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haltMachine } from '../../../agent/src/halt/halts.ts';
import { may, mayShowAs } from '../../../agent/src/plan/may.ts';
import { planState } from '../../../agent/src/plan/plan-state.ts';
import { readReadiness, writeReadiness } from '../../../agent/src/ready/kept-readiness.ts';
import { isWaiting, type Readiness, type ReadyEvent, readiness } from '../../../agent/src/ready/readiness.ts';

const paired = instant(Date.parse('2026-11-30T09:00:00Z'));
/** @param length from the pairing on; below nothing: before it */
const sincePaired = (length: Duration) => after(paired, length);
const look = '00000000-0000-4000-8000-000000000001' as LookId;
const other = '00000000-0000-4000-8000-000000000002' as LookId;
const fall = '00000000-0000-4000-8000-00000000000a' as AlarmId;
const record = '00000000-0000-4000-8000-0000000000cc';

const begun = { type: 'paired', at: paired, boot: 'first' } as const;
const seenLook: readonly ReadyEvent[] = [
  { type: 'test-look', look, what: 'opened' },
  { type: 'test-look', look, what: 'picture' },
  { type: 'test-look', look, what: 'ended' },
];
const seenFall: readonly ReadyEvent[] = [
  { type: 'fall-raised', alarm: fall },
  { type: 'fall-back', alarm: fall },
];
const powerCut: readonly ReadyEvent[] = [{ type: 'started', boot: 'second' }];
const finished = { type: 'finished', record, at: sincePaired(minutes(20)) } as const;

/** As after a restart at each step: what it knows is what its disk says. */
const run = (events: readonly ReadyEvent[]): readonly [Readiness, readonly string[]] => {
  let state = readiness.initial;
  const said: string[] = [];
  for (const event of events) {
    const [next, effects] = readiness.step(state, event);
    state = next.name === 'by-hand' ? next : readReadiness(writeReadiness(next));
    for (const effect of effects)
      said.push(effect.type === 'refuse' ? `${effect.why} ${(effect.lacks ?? []).join('+')}`.trim() : effect.type);
  }
  return [state, said];
};

describe('a unit that was paired by its label', () => {
  it('is ready once it has seen all three, and the technician has finished', () => {
    expect(run([begun, ...seenLook, ...seenFall, ...powerCut, finished])[0].name).toBe('ready');
  });

  for (const [story, events, lacks] of [
    ['nothing was tried', [], 'test-look+test-fall+power-cut'],
    ['the look showed nothing', [seenLook[0]!, seenLook[2]!, ...seenFall, ...powerCut], 'test-look'],
    ['the look is still open', [seenLook[0]!, seenLook[1]!, ...seenFall, ...powerCut], 'test-look'],
    [
      'the picture was of another look',
      [seenLook[0]!, { type: 'test-look', look: other, what: 'picture' }, seenLook[2]!, ...seenFall, ...powerCut],
      'test-look',
    ],
    ['an alarm came back that it has not raised', [...seenLook, seenFall[1]!, ...powerCut], 'test-fall'],
    ['only its program was started again', [...seenLook, ...seenFall, { type: 'started', boot: 'first' }], 'power-cut'],
    ['the machine was shut down in order', [...seenLook, ...seenFall, { type: 'stopped' }, ...powerCut], 'power-cut'],
    [
      'the machine does not say that it started',
      [...seenLook, ...seenFall, { type: 'started', boot: undefined }],
      'power-cut',
    ],
    [
      'it was all seen before the pairing',
      [...seenLook, ...seenFall, ...powerCut, begun],
      'test-look+test-fall+power-cut',
    ],
  ] as const satisfies readonly (readonly [string, readonly ReadyEvent[], string])[])
    it(`is not ready where ${story}`, () => {
      const [state, said] = run([begun, ...events, finished]);
      expect(isWaiting(state)).toBe(true);
      expect(said.at(-1)).toBe(`lacks-proof ${lacks}`);
    });

  it('stays ready, and says so once more where its first answer was lost', () => {
    const ready = [begun, ...seenLook, ...seenFall, ...powerCut, finished];
    expect(run([...ready, { type: 'started', boot: 'third' }, finished])[1].at(-1)).toBe('taken');
    expect(run([...ready, { ...finished, record: look }])[1].at(-1)).toBe('already-ready');
  });

  it('waits where what is on its disk cannot be read', () => {
    for (const body of ['', '{', '{"name":"by-hand"}', '{"name":"ready"}'])
      expect(isWaiting(readReadiness(body)), body).toBe(true);
  });
});

it('is not asked for anything where it was registered by hand', () => {
  expect(run([...seenFall, { type: 'started', boot: 'second' }])[0]).toEqual({ name: 'by-hand' });
});

const plan = Plan.parse({
  plan: '00000000-0000-4000-8000-0000000000aa',
  version: 3,
  unit: 'unit-1',
  client: 'Anna 3',
  validFrom: '2026-11-30T00:00:00Z',
  validUntil: '2027-11-30T00:00:00Z',
  mode: 'blur',
  watch: 'always',
  windows: [{ id: 'all', from: '00:00', to: '00:00', looks: 1 }],
  alarms: {},
  alarmLook: { minutes: 20 },
  consents: { technology: '2026-11-20', supervision: '2026-11-20', cohabitants: 'lives-alone' },
});
const test = { type: 'test', order: record } as const;
const asked = (reason: object) =>
  LookCall.parse({
    look,
    reason,
    operator: 'op-7',
    operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
    until: '2027-01-01T00:00:00Z',
  });
const [settingUp] = run([begun]);
const around = (state: Readiness, at = sincePaired(minutes(10)), more: object = {}) => ({
  at,
  clockSure: true,
  plan,
  ownAlarms: [{ alarm: fall, began: at }],
  halts: haltMachine.initial,
  readiness: state,
  ...more,
});
const said = (call: LookCall, now: ReturnType<typeof around>) => {
  const verdict = may(call, now);
  return verdict.type === 'refused' ? verdict.why : verdict.mode;
};

describe('until it is ready', () => {
  for (const [story, call, now, expected] of [
    ['a test look is a silhouette, whatever the plan agrees to', asked(test), around(settingUp), 'silhouette'],
    ['an agreed time opens nothing', asked({ type: 'window', window: 'all' }), around(settingUp), 'plan-not-begun'],
    ['its own alarm opens nothing', asked({ type: 'alarm', alarm: fall }), around(settingUp), 'plan-not-begun'],
    ['a test look needs a plan', asked(test), around(settingUp, undefined, { plan: undefined }), 'no-plan'],
    [
      'a test look needs the consents',
      asked(test),
      around(settingUp, undefined, { plan: { ...plan, consents: { ...plan.consents, withdrawn: '2026-11-29' } } }),
      'no-plan',
    ],
    [
      'a test look needs a clock that is sure',
      asked(test),
      around(settingUp, undefined, { clockSure: false }),
      'clock-unsure',
    ],
    ['a test look is over after four hours', asked(test), around(settingUp, sincePaired(hours(4))), 'outside-window'],
    [
      'a test look is not opened before the pairing',
      asked(test),
      around(settingUp, sincePaired(minutes(-5))),
      'outside-window',
    ],
    [
      'a test look may be tried before the plan begins',
      asked(test),
      around(settingUp, undefined, { plan: { ...plan, validFrom: '2026-12-01T00:00:00Z' } }),
      'silhouette',
    ],
  ] as const)
    it(story, () => expect(said(call, now)).toBe(expected));

  it('nobody can wish for more than a silhouette', () => {
    expect(mayShowAs('blur', asked(test), around(settingUp))).toEqual({ type: 'refused', why: 'mode-not-agreed' });
    expect(mayShowAs('silhouette', asked(test), around(settingUp)).type).toBe('allowed');
  });

  it('it says that its plan waits, in a word that an older relay has as well', () => {
    expect(planState(plan, paired, undefined, settingUp)).toMatchObject({ state: 'not-begun', waitsUntilReady: true });
    expect(planState(plan, paired, undefined, { name: 'by-hand' })).not.toHaveProperty('waitsUntilReady');
  });
});

it('shows no test look once it is ready, nor where it was registered by hand', () => {
  for (const state of [{ name: 'by-hand' }, { name: 'ready', record, at: paired }] as const)
    expect(said(asked(test), around(state))).toBe('outside-window');
});

it('brings no plan into force by any order of calls, restarts and lies, before it has seen the three', () => {
  const ids = fc.constantFrom(look, other);
  const falls = fc.constantFrom(fall, look as string as AlarmId);
  const lies: fc.Arbitrary<ReadyEvent> = fc.oneof(
    fc.record({
      type: fc.constant('test-look' as const),
      look: ids,
      what: fc.constantFrom('opened', 'picture', 'ended'),
    }) as fc.Arbitrary<ReadyEvent>,
    fc.record({ type: fc.constant('fall-raised' as const), alarm: falls }),
    fc.record({ type: fc.constant('fall-back' as const), alarm: falls }),
    fc.record({ type: fc.constant('started' as const), boot: fc.constantFrom('first', 'second', undefined) }),
    fc.constant({ type: 'stopped' as const }),
    fc.constant(finished),
    fc.record({
      type: fc.constant('paired' as const),
      at: fc.constant(paired),
      boot: fc.constantFrom('first', 'second'),
    }),
  );
  /** Whole tests among them, or none would ever be ready. */
  const whole = fc.constantFrom(seenLook, seenFall, powerCut, [finished]);
  let ready = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          lies.map((one) => [one]),
          whole,
        ),
        { maxLength: 40 },
      ),
      (events) => {
        const all: readonly ReadyEvent[] = [begun, ...events.flat()];
        const [state] = run(all);
        if (isWaiting(state)) {
          expect(may(asked({ type: 'window', window: 'all' }), around(state)).type).toBe('refused');
          return;
        }
        ready += 1;
        // Told a second time, without the machine: what must have happened since the last pairing.
        const since = all.slice(all.findLastIndex(({ type }) => type === 'paired'));
        const until = since.slice(
          0,
          since.findIndex((one, index) => one.type === 'finished' && hasAll(since.slice(0, index))) + 1,
        );
        expect(hasAll(until)).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
  expect(ready).toBeGreaterThan(10);
});

/** A picture of a look between its opening and its end; an alarm that was its last when it came back; another boot without a stop before. */
function hasAll(events: readonly ReadyEvent[]): boolean {
  const at = (find: (event: ReadyEvent) => boolean) => events.some(find);
  const looked = events.some((one, index) => {
    if (one.type !== 'test-look' || one.what !== 'ended') return false;
    const before = events.slice(0, index);
    const opened = before.findLastIndex((e) => e.type === 'test-look' && e.look === one.look && e.what === 'opened');
    return (
      opened >= 0 &&
      before.slice(opened).some((e) => e.type === 'test-look' && e.look === one.look && e.what === 'picture')
    );
  });
  const fell = events.some((one, index) => {
    if (one.type !== 'fall-back') return false;
    const last = events.slice(0, index).findLast((e) => e.type === 'fall-raised');
    return last?.type === 'fall-raised' && last.alarm === one.alarm;
  });
  return looked && fell && at((e) => e.type === 'started' && e.boot !== undefined);
}
