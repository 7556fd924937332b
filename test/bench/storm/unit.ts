/**
 * A unit in a storm: the agent's own disk, outbox and link, with findings out of a dice cup in place of a camera. It prints what is
 * on its disk and what the relay has acknowledged, each as soon as it is so; a line that is out is there whatever kills it.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Finding } from '@nattfrid/agent/decide/finding';
import { keepLink } from '@nattfrid/agent/mqtt/keep-link';
import { type Outbox, openOutbox } from '@nattfrid/agent/report/outbox';
import { reporter } from '@nattfrid/agent/report/report';
import { tellFindings } from '@nattfrid/agent/report/tell-findings';
import { alarmTable } from '@nattfrid/agent/store/alarm-table';
import { openDatabase } from '@nattfrid/agent/store/database';
import { outboxTable } from '@nattfrid/agent/store/outbox-table';
import type { AlarmId, CameraId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { readLetter } from '@nattfrid/shared/wire/envelope';
import { sockets } from '@nattfrid/shared/wire/sockets';

export interface UnitTask {
  readonly unit: UnitId;
  readonly token: string;
  readonly relay: string;
  readonly database: string;
  readonly heartbeatSeconds: number;
  /** Mean time between two findings. */
  readonly findingEverySeconds: number;
}

const task = JSON.parse(process.argv[2] ?? '{}') as UnitTask;
const say = (line: string) => void writeSync(1, `${line}\n`);
const ended = new AbortController();
const database = openDatabase(task.database);
const kept = openOutbox({ table: outboxTable(database), unit: task.unit, clock, newId: randomUUID });
/** Between the outbox and the link: what has been acknowledged is said. */
const outbox: Outbox = {
  put: kept.put,
  filled: kept.filled,
  refused: kept.refused,
  well: kept.well,
  get depth() {
    return kept.depth;
  },
  get cannotKeep() {
    return kept.cannotKeep;
  },
  drain: (send, signal) =>
    kept.drain(async (name, bytes) => {
      await send(name, bytes);
      const letter = readLetter('alarm-report', bytes);
      if (name === 'alarm-report' && !(letter instanceof Fault)) say(`acknowledged ${letter.body.alarm}`);
    }, signal),
};
const report = reporter({
  database,
  alarms: alarmTable(database),
  outbox,
  camera: 'camera-1' as CameraId,
  newAlarmId: () => randomUUID() as AlarmId,
});
const telling = tellFindings(
  (finding) => {
    const alarm = report(finding);
    say(`raised ${alarm}`);
    return alarm;
  },
  clock,
  silent,
);

let calm = false;
const orders = createInterface({ input: process.stdin });
orders.on('line', () => {
  calm = true;
});
orders.on('close', () => process.exit());
void (async () => {
  for (let turn = 0; !ended.signal.aborted; turn++) {
    await clock.sleep(milliseconds(task.findingEverySeconds * 2000 * Math.random()));
    if (calm) {
      if (outbox.depth === 0 && telling.waiting === 0) say('empty');
      continue;
    }
    telling.tell(finding(turn % 2 === 0 ? 'began' : 'ended'));
  }
})();

const vitals = {
  ...{ uptimeSeconds: 0, camera: 'connected' as const, picturesPerSecond: 10, analysedPerSecond: 5 },
  ...{ droppedPictures: 0, memoryMegabytes: 50, lookOpen: false },
};
await keepLink(
  {
    unit: task.unit,
    address: { relay: task.relay, path: sockets.mqtt, unit: task.unit, token: task.token },
    outbox,
    announce: () => ({ state: 'here', agent: 'storm', models: [] }),
    vitals: () => ({ ...vitals, outboxDepth: outbox.depth }),
    changed: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    received: () => {},
    up: (isUp) => say(isUp ? 'up' : 'down'),
    clock,
    newId: randomUUID,
    heartbeat: seconds(task.heartbeatSeconds),
  },
  Math.random,
  silent,
  ended.signal,
);

function finding(phase: Finding['phase']): Finding {
  const evidence = { code: 'lying-on-floor' as const, figures: { lyingForSeconds: 15 }, models: [], attended: false };
  return { phase, kind: 'fall', at: clock.now(), evidence };
}
