/** Builds one agent out of settings, clock and log; owns every lifetime; nothing here is global. */
import { sockets } from '@nattfrid/shared/desk/routes';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import { keep } from '@nattfrid/shared/lifetime/keep';
import { openScope } from '@nattfrid/shared/lifetime/scope';
import { backoff, linkLadder, restartLadder } from '@nattfrid/shared/time/backoff';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Config } from './config/schema.ts';
import type { Finding } from './decide/finding.ts';
import { whileWanted } from './flow/while-wanted.ts';
import { openHealth } from './health/health.ts';
import { accessLog } from './look/access-log.ts';
import { makeGate } from './look/gate.ts';
import { noLamp } from './look/lamp.ts';
import { programLamp } from './look/program-lamp.ts';
import { runLooks } from './look/run-looks.ts';
import { showLooks } from './look/show-looks.ts';
import { runLink } from './mqtt/link.ts';
import { obey } from './obey/obey.ts';
import type { Outside } from './outside.ts';
import { show, watch } from './pipeline.ts';
import type { Circumstances } from './plan/may.ts';
import { keepPlan } from './plan/plan.ts';
import { openOutbox } from './publish/outbox.ts';
import { reporter } from './publish/report.ts';
import { openParts } from './stages.ts';
import { accessTable } from './store/access-table.ts';
import { alarmTable } from './store/alarm-table.ts';
import { openDatabase } from './store/database.ts';
import { unitKey } from './store/keys.ts';
import { outboxTable } from './store/outbox-table.ts';
import { planTable } from './store/plan-table.ts';
import { databaseFile } from './unit-key.ts';

export interface Agent extends AsyncDisposable {
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** Resolves when the signal says so. */
  until(signal: AbortSignal): Promise<void>;
}

/** This software is younger than that: a clock that shows an earlier time has not been set. */
const madeAt = instant(Date.UTC(2026, 10, 1));

/** @throws Fault where it cannot watch at all: no models, no ffmpeg, a database that cannot be opened. */
export async function openAgent(config: Config, outside: Outside): Promise<Agent> {
  const { clock, log, random, newId } = outside;
  const scope = openScope((error) => log.error('A task of the agent ended', { words: asFault(error).message }));
  try {
    const database = scope.own(openDatabase(databaseFile(config.data)));
    const key = await unitKey(database);
    const alarms = alarmTable(database);
    const outbox = openOutbox({ table: outboxTable(database), unit: config.unit, clock, newId });
    const report = reporter({
      database,
      alarms,
      outbox,
      camera: config.camera.id,
      newAlarmId: () => newId() as AlarmId,
    });
    const found = (finding: Finding) => {
      const alarm = report(finding);
      const sentence = { began: 'Alarm raised', changed: 'Alarm changed', ended: 'Alarm ended' }[finding.phase];
      log.info(sentence, { kind: finding.kind, alarm, evidence: finding.evidence.code, at: finding.at });
    };

    const { gate, key: gateKey } = makeGate({
      lamp: config.lamp ? programLamp(config.lamp) : noLamp,
      clock,
      log: log.child('look'),
    });
    const looks = scope.own(
      runLooks({
        key: gateKey,
        writeAccessLine: accessLog(accessTable(database), log.child('look')),
        answer: async (answer) => outbox.put('look-answer', answer),
        clock,
        log: log.child('look'),
      }),
    );
    const circumstances = (): Circumstances => ({
      at: clock.now(),
      clockSure: clock.now() > madeAt,
      plan: plan.current,
      ownAlarms: alarms.recent(),
    });
    const health = scope.own(
      openHealth({
        clock,
        log: log.child('health'),
        found,
        outboxDepth: () => outbox.depth,
        lookOpen: () => gate.looking() !== undefined,
      }),
    );
    const plan = await keepPlan({
      table: planTable(database),
      unit: config.unit,
      key: fromBase64Url(config.planKey),
      clock,
      log: log.child('plan'),
      changed: () => {
        void looks.tell({ type: 'plan-changed', now: circumstances() });
        weigh();
      },
    });

    const parts = scope.own(
      await openParts(config, outside, {
        health,
        found,
        plan: () => plan.current,
        looking: gate.looking,
        shown: (what) => void looks.tell({ type: 'shown', what }),
        unitPrivateKey: key.privateKey,
      }),
    );
    const showing = scope.own(
      showLooks({
        gate,
        show: (look, cleared, signal) => show(parts.showing(look), cleared, signal),
        log: log.child('look'),
      }),
    );
    const once = async (signal: AbortSignal) => {
      for await (const cleared of gate.through(watch(parts.watching, signal))) showing.take(cleared);
    };
    const watching = scope.own(
      whileWanted(async (signal) => {
        const ended = (fault: ReturnType<typeof asFault> | undefined) => {
          if (!fault) return log.info('The camera has ended and is opened again');
          log.error('Watching stopped and is begun again', { code: fault.code, words: fault.message });
          health.camera({ lost: fault });
        };
        await keep(once, { clock, waits: () => backoff(restartLadder, random), ended }, signal);
        health.camera('resting');
      }),
    );
    // The camera is connected while the plan watches, or while somebody looks; otherwise it rests.
    const weigh = () => watching.set(plan.current?.watch === 'always' || gate.looking() !== undefined);
    scope.own(gate.onChange(weigh));
    weigh();

    const received = obey(
      config.unit,
      {
        'look-call': (call) => void looks.tell({ type: 'call', call, now: circumstances() }),
        'look-close': ({ look, why }) => void looks.tell({ type: 'close', look, why, at: clock.now() }),
        'plan-letter': (letter) =>
          scope.task(
            plan.consider(letter).then((answer) => {
              outbox.put('plan-answer', answer);
              log.info(
                answer.type === 'taken' ? 'Plan taken' : 'Plan refused',
                answer.type === 'taken' ? { version: answer.version } : { why: answer.why },
              );
            }),
          ),
      },
      log.child('obey'),
    );
    const link = {
      unit: config.unit,
      address: { relay: config.relay, path: sockets.mqtt, unit: config.unit, token: config.token },
      outbox,
      announce: () => ({
        state: 'here' as const,
        agent: outside.version,
        models: parts.models,
        ...(plan.current ? { plan: { id: plan.current.plan, version: plan.current.version } } : {}),
      }),
      vitals: health.vitals,
      changed: health.changed,
      received,
      up: (isUp: boolean) => {
        log.info(isUp ? 'Relay reached' : 'Relay lost');
        if (!isUp) void looks.tell({ type: 'link-lost', at: clock.now() });
      },
      clock,
      newId,
      heartbeat: seconds(config.heartbeatSeconds),
    };
    scope.task(
      keep(
        (signal) => runLink(link, signal),
        {
          clock,
          waits: () => backoff(linkLadder, random),
          ended: (fault, wait) =>
            log.warn('The relay is tried again', {
              words: fault?.message,
              code: fault?.code,
              waitMilliseconds: Math.round(wait),
            }),
        },
        scope.signal,
      ),
    );
    log.info('Agent started', { unit: config.unit, camera: parts.cameraName, plan: plan.current?.version });
    return {
      publicKey: toBase64Url(key.publicKey),
      until: (signal) =>
        new Promise((resolve) => {
          if (signal.aborted) resolve();
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
      [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
    };
  } catch (error) {
    await scope[Symbol.asyncDispose]();
    throw error;
  }
}
