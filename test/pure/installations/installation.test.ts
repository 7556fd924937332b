/** An installation is over when the unit has said so, and each step says what is done, what waits, and what is wrong. */
import type { InstallStep } from '@nattfrid/shared/desk/work-order-view';
import type { AlarmId, ClientAlias, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import type { ServiceAnswer } from '@nattfrid/shared/wire/service-call';
import { describe, expect, it } from 'vitest';
import { type Around, lackingSteps, stepsOf } from '../../../relay/src/installations/steps.ts';
import {
  type Installation,
  type InstallationEvent,
  installationMachine,
} from '../../../relay/src/record/installation.ts';

const begun = instant(Date.parse('2026-11-30T09:00:00Z'));
const at = (secondsLater: number): Instant => after(begun, seconds(secondsLater));
const call = '00000000-0000-4000-8000-0000000000c1';
const look = '00000000-0000-4000-8000-000000000001' as LookId;
const fall = '00000000-0000-4000-8000-00000000000a' as AlarmId;
const record = '00000000-0000-4000-8000-0000000000cc';
const paired: InstallationEvent = {
  type: 'paired',
  facts: {
    order: '00000000-0000-4000-8000-0000000000ee',
    organisation: 'falkoping',
    kind: 'install',
    client: 'Björken 3' as ClientAlias,
    place: 'Sovrum',
    unit: 'e-abcdefgh' as UnitId,
    pairedAt: begun,
    pairedBy: 'Tove Tekniker',
  },
};
const answer = (body: ServiceAnswer, second: number): InstallationEvent => ({
  type: 'answered',
  answer: body,
  at: at(second),
});
const seen = (second: number, ...proofs: readonly ('test-look' | 'test-fall' | 'power-cut')[]) =>
  answer({ type: 'proofs', call, seen: proofs }, second);
const well = (second: number) =>
  answer(
    {
      type: 'checked',
      checks: [
        { name: 'power', state: 'well', code: 'mains' },
        { name: 'signal', state: 'advice', code: 'signal-weak' },
        { name: 'time', state: 'well', code: 'set' },
        { name: 'camera', state: 'well', code: 'connected' },
        { name: 'infrared', state: 'well', code: 'sees-in-dark' },
        { name: 'view', state: 'well', code: 'bed-in-view' },
      ],
    },
    second,
  );
const testLook: readonly InstallationEvent[] = [
  { type: 'look-asked', look, by: 'Tove Tekniker', at: at(60) },
  { type: 'look-told', look, by: 'Anna Lind', pictureAt: at(72), at: at(72) },
  seen(90, 'test-look'),
];
const testFall: readonly InstallationEvent[] = [
  { type: 'asked', step: 'test-fall', call, by: 'Tove Tekniker', at: at(100) },
  answer({ type: 'test-fall-raised', call, alarm: fall }, 102),
  { type: 'fall-reached', alarm: fall, at: at(102) },
  { type: 'fall-taken', alarm: fall, by: 'Anna Lind', at: at(110) },
  seen(111, 'test-fall'),
];
const cut = (told: number, back = told + 60): readonly InstallationEvent[] => [
  { type: 'pulling', by: 'Tove Tekniker', at: at(200) },
  { type: 'told-gone', at: at(told) },
  { type: 'back', at: at(back) },
  seen(back + 1, 'power-cut'),
];
const sign: InstallationEvent = { type: 'sign-placed', by: 'Tove Tekniker', at: at(50) };

const run = (...events: readonly InstallationEvent[]) => {
  let state = installationMachine.step(installationMachine.initial, paired)[0];
  const effects: string[] = [];
  for (const event of events) {
    const [next, found] = installationMachine.step(state, event);
    state = JSON.parse(JSON.stringify(next)) as typeof next;
    for (const one of found) effects.push(one.type === 'refuse' ? one.fault.message : one.type);
  }
  return { one: state as Installation, effects };
};
const around = (now: number, more: Partial<Around> = {}): Around => ({
  now: at(now),
  room: { name: 'in-use', at: at(40), by: 'Tove Tekniker' },
  plan: { name: 'taken', at: at(30) },
  ...more,
});
const stateOf = (step: InstallStep, events: readonly InstallationEvent[], now: number, more?: Partial<Around>) => {
  const { state, why, figures } = stepsOf(run(...events).one, around(now, more)).find((one) => one.step === step)!;
  return [state, why, ...Object.values(figures ?? {})].filter((one) => one !== undefined).join(' ');
};
const all = [well(10), sign, ...testLook, ...testFall, ...cut(290)];

describe('an installation', () => {
  it('can be left when everything is done, and is over when the unit says so', () => {
    const lacks = lackingSteps(stepsOf(run(...all).one, around(400)));
    expect(lacks).toEqual([]);
    const finish: InstallationEvent = { type: 'finish', lacks, record, by: 'Tove Tekniker', byId: 't', at: at(400) };
    const asked = run(...all, finish);
    expect(asked.one.state).toBe('ready');
    expect(asked.effects.at(-1)).toBe('ask-ready');
    expect(run(...all, finish, answer({ type: 'ready-taken', call, record }, 401)).one.state).toBe('done');
  });

  it('with another camera has to be looked through by a colleague once more', () => {
    const other = answer({ type: 'camera-chosen', call, checks: [] }, 300);
    expect(stateOf('test-look', [...all, other], 400)).toBe('to-do');
    expect(lackingSteps(stepsOf(run(...all, other).one, around(400)))).toEqual(['test-look']);
  });

  it('hears of a test fall that the unit does not know, and goes on', () => {
    const finish: InstallationEvent = { type: 'finish', lacks: [], record, by: 'x', byId: 'x', at: at(400) };
    const unknown = answer({ type: 'refused', call: fall, why: 'not-found' }, 401);
    expect(run(...all, finish, unknown).one).toMatchObject({ state: 'ready' });
  });

  it('is not over by another record, nor by the relay alone', () => {
    const finish: InstallationEvent = {
      type: 'finish',
      lacks: [],
      record,
      by: 'Tove Tekniker',
      byId: 't',
      at: at(400),
    };
    expect(run(...all, finish, answer({ type: 'ready-taken', call, record: call }, 401)).one.state).toBe('ready');
    const refused = answer({ type: 'refused', call, why: 'lacks-proof', lacks: ['power-cut'] }, 401);
    expect(run(...all, finish, refused).one).toMatchObject({ state: 'paired', refused: { why: 'lacks-proof' } });
  });

  it('names what is not done when it is finished too early', () => {
    const { one } = run(well(10));
    const lacks = lackingSteps(stepsOf(one, around(20)));
    expect(lacks).toEqual(['sign', 'test-look', 'test-fall', 'power-cut']);
    const { effects } = run(well(10), { type: 'finish', lacks, record, by: 'x', byId: 'x', at: at(20) });
    expect(effects.at(-1)).toContain('sign, test-look, test-fall, power-cut');
  });

  it('keeps who did what, when, and what was measured', () => {
    const lines = run(...all).one.happened.map(({ what, by, figures }) => [what, by, figures?.['seconds']]);
    expect(lines).toContainEqual(['look-shown', 'Anna Lind', 12]);
    expect(lines).toContainEqual(['fall-taken', 'Anna Lind', 8]);
    expect(lines).toContainEqual(['told-gone', 'e-abcdefgh', 90]);
    expect(lines).toContainEqual(['back', 'e-abcdefgh', 60]);
  });
});

describe('a step', () => {
  const no: readonly InstallationEvent[] = [];
  const fault: readonly InstallationEvent[] = [
    answer({ type: 'checked', checks: [{ name: 'camera', state: 'fault', code: 'factory-password' }] }, 5),
  ];
  const finding: readonly InstallationEvent[] = [{ type: 'asked', step: 'camera', call, by: 'x', at: at(10) }];
  const refusing = [...finding, answer({ type: 'refused', call, why: 'login-refused' }, 12)];
  for (const [story, step, events, now, expected, more] of [
    ['is to be done before anything is known', 'power', no, 5, 'to-do'],
    ['is done with advice', 'signal', [well(10)], 20, 'done'],
    ['has a fault with its cause', 'camera', fault, 10, 'fault'],
    ['waits for what the unit was asked', 'camera', finding, 20, 'waits'],
    ['does not wait for ever', 'camera', finding, 200, 'fault no-answer'],
    ['says why the unit would not', 'camera', refusing, 20, 'fault login-refused'],
    ['is tried again', 'camera', [...refusing, { ...finding[0]!, at: at(30) } as InstallationEvent], 31, 'waits'],
    ['waits for a proposal of the room', 'room', no, 5, 'waits none', { room: { name: 'none', at: begun } }],
    ['wants the room confirmed', 'room', no, 5, 'to-do proposed', { room: { name: 'proposed', at: begun } }],
    [
      'waits for the second person of a room',
      'room',
      no,
      5,
      'waits waits-for-second',
      { room: { name: 'waits-for-second', at: begun } },
    ],
    ['lacks a consent', 'plan', no, 5, 'fault no-consent', { plan: { name: 'no-consent', at: begun } }],
    ['lacks a signature', 'plan', no, 5, 'fault not-signed', { plan: { name: 'not-signed', at: begun } }],
    ['waits for a colleague', 'test-look', testLook.slice(0, 1), 70, 'waits colleague'],
    ['waits until the look is over', 'test-look', testLook.slice(0, 2), 80, 'waits look-to-end'],
    ['is done with how long it took', 'test-look', testLook, 95, 'done 12'],
    [
      'tells that nobody has answered',
      'test-look',
      [testLook[0]!, { type: 'look-told', look, failed: 'missed', at: at(960) } as InstallationEvent],
      970,
      'fault missed',
    ],
    ['waits for somebody to take the test fall', 'test-fall', testFall.slice(0, 3), 105, 'waits colleague-fall'],
    ['waits until the unit has heard of it', 'test-fall', testFall.slice(0, 4), 110, 'waits unit-to-hear'],
    ['is done when the fall came back', 'test-fall', testFall, 112, 'done 2'],
    ['asks for the plug to be pulled', 'power-cut', cut(290).slice(0, 1), 210, 'waits pull-the-plug'],
    ['asks for the plug to be put back', 'power-cut', cut(290).slice(0, 2), 291, 'waits put-it-back 90'],
    ['is done when it was told in time', 'power-cut', cut(379), 500, 'done 179'],
    ['was told too late', 'power-cut', cut(381), 500, 'fault told-late 181'],
    ['was never told', 'power-cut', cut(290).slice(0, 1), 381, 'fault not-told'],
    ['was pulled for too short a time', 'power-cut', [cut(0)[0]!, seen(230, 'power-cut')], 240, 'fault too-short'],
  ] as const satisfies readonly (readonly [
    string,
    InstallStep,
    readonly InstallationEvent[],
    number,
    string,
    Partial<Around>?,
  ])[])
    it(`${step}: ${story}`, () => expect(stateOf(step, events, now, more)).toBe(expected));

  it('power-cut: three minutes are enough, and not a second more', () => {
    expect(stateOf('power-cut', cut(200 + minutes(3) / 1000), 900)).toMatch(/^done/);
    expect(stateOf('power-cut', cut(201 + minutes(3) / 1000), 900)).toMatch(/^fault/);
  });
});
