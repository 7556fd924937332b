/** Several cameras in a home, of which one that shows the client is enough: each unit closes by its own plan, whatever it is told. */
import type { LookId, OperatorAlias } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant, after as later } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookAnswer, LookCall } from '@nattfrid/shared/wire/look-call';
import { describe, expect, it } from 'vitest';
import type { Cleared } from '../../../agent/src/anonymise/cleared.ts';
import { haltMachine } from '../../../agent/src/halt/halts.ts';
import { clientShown } from '../../../agent/src/look/client-shown.ts';
import { makeGate } from '../../../agent/src/look/gate.ts';
import { runLooks } from '../../../agent/src/look/run-looks.ts';
import type { Circumstances } from '../../../agent/src/plan/may.ts';

const night = instant(Date.parse('2026-07-01T23:50:00+02:00'));
const look = '00000000-0000-4000-8000-000000000001' as LookId;
const agreed = {
  plan: '00000000-0000-4000-8000-0000000000aa',
  version: 1,
  unit: 'unit-1',
  client: 'Anna 3',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [{ id: 'late', from: '23:45', to: '00:15', looks: 1 }],
  alarms: {},
  alarmLook: { minutes: 30 },
  consents: { technology: '2026-05-20', supervision: '2026-05-20', cohabitants: 'lives-alone' },
};
const alarm = '00000000-0000-4000-8000-0000000000bb';
const window = { type: 'window', window: 'late' } as const;

/** A look that is open on a real gate. */
async function opened(more: object, reason: LookCall['reason'] = window) {
  const clock = movedClock(night);
  const { gate, key } = makeGate({ lamp: { light: async () => {} }, clock, log: silent });
  const answers: LookAnswer[] = [];
  const runs = runLooks({
    key,
    clock,
    log: silent,
    writeAccessLine: async () => {},
    knowConsole: () => {},
    answer: async (said) => void answers.push(said),
  });
  const now: Circumstances = {
    at: night,
    clockSure: true,
    plan: Plan.parse({ ...agreed, ...more }),
    ownAlarms: [{ alarm: alarm as never, began: night }],
    halts: haltMachine.initial,
    readiness: { name: 'by-hand' },
  };
  const operatorKey = toBase64Url(new Uint8Array(32).fill(9));
  const call = { look, reason, operator: 'op-7' as OperatorAlias, operatorKey, until: '2026-07-02T00:00:00Z' };
  await runs.tell({ type: 'call', call, asker: { by: 'nothing' }, now });
  return {
    elsewhere: (named = operatorKey) => runs.tell({ type: 'seen-elsewhere', look, operatorKey: named, now }),
    seen: () => runs.tell({ type: 'client-seen', look, now }),
    isOpen: () => gate.looking() !== undefined,
    said: () => answers.map((one) => ('why' in one ? `${one.type} ${one.why}` : one.type)),
  };
}

describe('A1.7 told that another camera shows the client, a unit', () => {
  for (const [story, more, reason, isOpen] of [
    ['closes where its plan says that one is enough', { stopWhenSeen: true }, window, false],
    ['stays open where its plan does not say so', {}, window, true],
    ['stays open where its plan says the contrary', { stopWhenSeen: false }, window, true],
    [
      'stays open where others live there: nobody knows who was seen',
      { stopWhenSeen: true, consents: { ...agreed.consents, cohabitants: '2026-05-20' } },
      window,
      true,
    ],
    ['stays open at an alarm', { stopWhenSeen: true }, { type: 'alarm', alarm: alarm as never }, true],
  ] as const)
    it(story, async () => {
      const one = await opened(more, reason);
      expect(one.isOpen()).toBe(true);
      await one.elsewhere();
      expect(one.isOpen()).toBe(isOpen);
      expect(one.said()).toEqual(isOpen ? ['opened'] : ['opened', 'ended seen-elsewhere']);
    });

  it('stays open where it shows somebody itself, and for an opening that is over', async () => {
    const one = await opened({ stopWhenSeen: true });
    await one.elsewhere('A'.repeat(43));
    expect(one.isOpen()).toBe(true);
    await one.seen();
    await one.seen();
    await one.elsewhere();
    expect(one.isOpen()).toBe(true);
    expect(one.said()).toEqual(['opened', 'client-seen']);
  });
});

it('says that somebody is seen to nobody whose plan does not make use of it', async () => {
  const one = await opened({});
  await one.seen();
  expect(one.said()).toEqual(['opened']);
});

it('reads a plan from before, and refuses one that says it in a way of its own', () => {
  expect(Plan.parse(agreed)).not.toHaveProperty('stopWhenSeen');
  expect(Plan.safeParse({ ...agreed, stopWhenSeen: 'yes' }).success).toBe(false);
});

describe('somebody is shown', () => {
  const other = '00000000-0000-4000-8000-000000000002' as LookId;
  const picture = (person: boolean, at: number, of = look) =>
    [{ type: 'picture', person, at: later(night, milliseconds(at)) } as Cleared, of] as const;
  const every = (from: number, until: number, person = true, of = look) =>
    Array.from({ length: (until - from) / 250 + 1 }, (_, step) => picture(person, from + step * 250, of));
  for (const [story, pictures, told] of [
    ['after three seconds on end', every(0, 3000), 1],
    ['not by a coat that is a person for a moment', every(0, 2500), 0],
    ['not where it was somebody, nobody, somebody', [...every(0, 2000), picture(false, 2250), ...every(2500, 5000)], 0],
    ['not over a gap in which nothing was shown', [...every(0, 2000), ...every(4000, 5500)], 0],
    ['once for a look', every(0, 9000), 1],
    ['in each look anew', [...every(0, 3000), ...every(3250, 6250, true, other)], 2],
    ['not by what was shown in the look before', [...every(0, 2000), ...every(2250, 4000, true, other)], 0],
  ] as const)
    it(story, () => {
      const watch = clientShown();
      const found = pictures.flatMap(([cleared, of]) => watch.passed(cleared, of) ?? []);
      expect(found).toHaveLength(told);
    });
  it('never by a picture that says why there is none', () => {
    const watch = clientShown();
    for (let second = 0; second < 9; second++) {
      const cleared = { type: 'no-picture', why: 'camera-lost', at: later(night, seconds(second)) } as const;
      expect(watch.passed(cleared, look)).toBeUndefined();
    }
  });
});
