/** What a plan wants counted is no alarm of the unit's: an event on its disk and in its outbox, once, and nothing that a look can be opened for. */
import { randomUUID } from 'node:crypto';
import type { Finding } from '@nattfrid/agent/decide/finding';
import { haltMachine } from '@nattfrid/agent/halt/halts';
import { may } from '@nattfrid/agent/plan/may';
import { openOutbox } from '@nattfrid/agent/report/outbox';
import { reporter } from '@nattfrid/agent/report/report';
import { countShadows } from '@nattfrid/agent/report/shadow';
import { alarmTable } from '@nattfrid/agent/store/alarm-table';
import { openDatabase } from '@nattfrid/agent/store/database';
import { outboxTable } from '@nattfrid/agent/store/outbox-table';
import { shadowTable } from '@nattfrid/agent/store/shadow-table';
import type { AlarmId, CameraId, LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { ShadowKind } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { instant, after as later, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { readLetter } from '@nattfrid/shared/wire/envelope';
import { describe, expect, it } from 'vitest';
import { aPlan } from '../../support/relay-samples.ts';

const night = instant(Date.parse('2026-11-22T23:00:00Z'));
const evidence = { code: 'lying-on-floor', figures: {}, models: [], attended: false };
const finding = (phase: Finding['phase'], minute: number, kind: Finding['kind'] = 'fall'): Finding => ({
  phase,
  kind,
  at: later(night, minutes(minute)),
  evidence,
});

function openUnit() {
  const database = openDatabase(':memory:');
  const [alarms, shadows] = [alarmTable(database), shadowTable(database)];
  const outbox = openOutbox({
    table: outboxTable(database),
    unit: 'unit-1' as UnitId,
    clock: movedClock(night),
    newId: randomUUID,
  });
  let counted: readonly ShadowKind[] = ['fall'];
  const count = countShadows({ database, shadows, alarms, outbox, newId: randomUUID, counted: () => counted });
  const camera = 'camera-1' as CameraId;
  const report = reporter({ database, alarms, outbox, camera, newAlarmId: () => randomUUID() as AlarmId });
  const sent: string[] = [];
  return {
    alarms,
    now(next: readonly ShadowKind[]) {
      counted = next;
    },
    async finds(...all: readonly Finding[]) {
      for (const one of all) if (!count(one)) report(one);
      await outbox.drain(async (name, bytes) => {
        const letter = readLetter(name, bytes);
        if (letter instanceof Fault) throw letter;
        const body = letter.body as { readonly phase: string; readonly kind: string };
        sent.push(`${name} ${body.kind} ${body.phase}`);
      }, new AbortController().signal);
      return sent.splice(0);
    },
  };
}

describe('A2.7 a fall that is to be counted', () => {
  it('is told as an event when it began and when it ended, and is no alarm of this unit’s', async () => {
    const { finds, alarms } = openUnit();
    expect(await finds(finding('began', 0), finding('changed', 1))).toEqual(['shadow-event fall began']);
    expect(alarms.recent()).toEqual([]);
    expect(await finds(finding('ended', 5))).toEqual(['shadow-event fall ended']);
  });

  it('opens no look, though the plan lets an alarm of it open one', async () => {
    const { finds, alarms } = openUnit();
    await finds(finding('began', 0));
    const asked = (alarm: string) =>
      may(
        {
          look: randomUUID() as LookId,
          reason: { type: 'alarm', alarm: alarm as AlarmId },
          operator: 'op-7' as OperatorAlias,
          operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
          until: printInstant(later(night, minutes(2))),
        },
        {
          at: later(night, minutes(1)),
          clockSure: true,
          plan: aPlan('unit-1', { shadow: ['fall'] }),
          ownAlarms: alarms.recent(),
          halts: haltMachine.initial,
          readiness: { name: 'by-hand' },
        },
      );
    expect(asked(randomUUID())).toEqual({ type: 'refused', why: 'no-such-alarm' });
  });

  it('is one event where the agent starts anew meanwhile, and another one hours later', async () => {
    const { finds } = openUnit();
    await finds(finding('began', 0));
    expect(await finds(finding('began', 10))).toEqual([]);
    expect(await finds(finding('began', hours(3) / 60_000))).toEqual([
      'shadow-event fall ended',
      'shadow-event fall began',
    ]);
  });

  it('leaves all other kinds alarms', async () => {
    const { finds } = openUnit();
    expect(await finds(finding('began', 0, 'left-room'), finding('began', 0, 'camera-lost'))).toEqual([
      'alarm-report left-room began',
      'alarm-report camera-lost began',
    ]);
  });

  it('becomes an alarm where a plan that calls somebody comes while the person still lies there', async () => {
    const { finds, now } = openUnit();
    await finds(finding('began', 0));
    now([]);
    expect(await finds(finding('changed', 3))).toEqual(['alarm-report fall began', 'shadow-event fall ended']);
  });

  it('is over in silence where it ends under such a plan', async () => {
    const { finds, now } = openUnit();
    await finds(finding('began', 0));
    now([]);
    expect(await finds(finding('ended', 3))).toEqual(['shadow-event fall ended']);
  });

  it('goes on as an alarm to its end where it was one before the plan that counts only', async () => {
    const { finds, now } = openUnit();
    now([]);
    await finds(finding('began', 0));
    now(['fall']);
    expect(await finds(finding('changed', 1), finding('ended', 3))).toEqual([
      'alarm-report fall changed',
      'alarm-report fall ended',
    ]);
  });
});
