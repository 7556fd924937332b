/** A unit without a camera, on a moved clock: it decides with the agent's own rules whether a look may open, and shows one sealed picture. */
import { randomBytes, randomUUID } from 'node:crypto';
import { haltMachine } from '@nattfrid/agent/halt/halts';
import { may, type OwnAlarm } from '@nattfrid/agent/plan/may';
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { NoPicture } from '@nattfrid/shared/domain/look';
import { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { writeSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import type { Clock } from '@nattfrid/shared/time/clock';
import { parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import { type Message, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { writePicturePacket } from '@nattfrid/shared/wire/picture';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { downTopics, readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import { connectAsync, type MqttClient } from 'mqtt';
import { WebSocket } from 'ws';

export interface SimulatedHome extends AsyncDisposable {
  readonly unit: UnitId;
  /** Connects, or connects again after the relay has been started anew. */
  connect(relay: { readonly url: string; readonly mqttPort: number | undefined }): Promise<void>;
  /** Without a word, as at a power cut. */
  cut(): void;
  readonly connected: boolean;
  beat(): Promise<void>;
  /** A finding of the unit's own. @returns the alarm's id */
  raise(kind: AlarmReport['kind'], code: AlarmReport['evidence']['code']): Promise<AlarmId>;
  /** What it found is over. */
  over(alarm: AlarmId): Promise<void>;
  /** Nothing can be shown while it is set, and the camera says why. */
  lacking: NoPicture | undefined;
  /** Looks that it has opened, and those that its plan did not let it open. */
  readonly opened: readonly LookId[];
  readonly refused: readonly LookId[];
}

export function simulatedHome({ unit, token, clock }: { unit: UnitId; token: string; clock: Clock }): SimulatedHome {
  let client: MqttClient | undefined;
  let address = '';
  let plan: Plan | undefined;
  const own = new Map<AlarmId, OwnAlarm & { readonly report: AlarmReport }>();
  /** What the relay has not acknowledged, in order. */
  const untold = new Map<string, AlarmReport>();
  const showing = new Map<LookId, WebSocket>();
  const opened: LookId[] = [];
  const refused: LookId[] = [];
  const now = () => printInstant(clock.now());
  let lacking: NoPicture | undefined;

  async function say<Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>): Promise<void> {
    const letter = writeLetter(name, unit, randomUUID(), clock.now(), body);
    await client?.publishAsync(topicOf(unit, name), Buffer.from(letter), { qos: messages[name].qos });
  }

  /** Kept until the relay has said that it has it, as the agent's outbox does. */
  async function tell(report: AlarmReport): Promise<void> {
    const key = `${report.alarm} ${report.phase}`;
    untold.set(key, report);
    if (!client) return;
    try {
      await say('alarm-report', report);
      untold.delete(key);
    } catch {
      // The link broke: it is told when there is one.
    }
  }

  function called(call: LookCall): void {
    const { look, operatorKey } = call;
    const said = may(call, {
      at: clock.now(),
      clockSure: true,
      plan,
      ownAlarms: [...own.values()],
      halts: haltMachine.initial,
      readiness: { name: 'by-hand' },
    });
    if (said.type === 'refused') {
      refused.push(look);
      return void say('look-answer', { type: 'refused', look, operatorKey, why: said.why });
    }
    opened.push(look);
    void say('look-answer', { type: 'opened', look, operatorKey, mode: said.mode, until: printInstant(said.until) });
    if (lacking) void say('look-answer', { type: 'no-picture', look, operatorKey, why: lacking });
    else show(look);
  }

  function show(look: LookId): void {
    const socket = new WebSocket(`${address.replace('http', 'ws')}${sockets.unit}?look=${look}`, {
      headers: { authorization: `Bearer ${unit}:${token}` },
    });
    showing.set(look, socket);
    socket.on('error', () => {});
    socket.on('open', () => {
      const opening = { look, encapsulated: 'e'.repeat(43), signature: 's'.repeat(86), codec: 'avc1.42E01E' };
      socket.send(writePicturePacket({ type: 'opening', opening: { ...opening, width: 640, height: 360 } }));
      const sealed = new Uint8Array([...writeSframeHeader(0n, 0n), ...randomBytes(600)]);
      socket.send(writePicturePacket({ type: 'key', sealed }));
    });
  }

  function ended(look: LookId): void {
    showing.get(look)?.terminate();
    showing.delete(look);
    void say('look-answer', { type: 'ended', look, why: 'operator-closed' });
  }

  function planned({ body }: PlanLetter): void {
    plan = Plan.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    void say('plan-answer', { type: 'taken', plan: plan.plan, version: plan.version });
  }

  function obey(topic: string, bytes: Uint8Array): void {
    const name = readTopic(topic)?.name;
    const hear = <Name extends NamesFrom<'relay'>>(word: Name, then: (body: Message<Name>) => void) => {
      const letter = name === word ? readLetter(word, bytes) : undefined;
      if (letter && !(letter instanceof Fault)) then(letter.body as Message<Name>);
    };
    hear('look-call', called);
    hear('look-close', ({ look }) => ended(look));
    hear('plan-letter', planned);
  }

  const vitals = {
    ...{
      uptimeSeconds: 1,
      camera: 'connected' as const,
      picturesPerSecond: 10,
      analysedPerSecond: 5,
      droppedPictures: 0,
    },
    ...{ outboxDepth: 0, memoryMegabytes: 200, lookOpen: false },
  };

  return {
    unit,
    get connected() {
      return client?.connected ?? false;
    },
    get lacking() {
      return lacking;
    },
    set lacking(why) {
      lacking = why;
    },
    opened,
    refused,
    async connect({ url, mqttPort }) {
      address = url;
      client = await connectAsync(
        `mqtt://127.0.0.1:${mqttPort}`,
        { clientId: unit, username: unit, password: token, protocolVersion: 4, reconnectPeriod: 0 },
        false,
      );
      client.on('error', () => {});
      client.on('message', obey);
      await client.subscribeAsync(downTopics(unit), { qos: 1 });
      await say('announce', {
        state: 'here',
        agent: 'night',
        models: [],
        ...(plan && { plan: { id: plan.plan, version: plan.version } }),
      });
      for (const report of [...untold.values()]) await tell(report);
    },
    cut() {
      client?.stream.destroy();
      client?.end(true);
      client = undefined;
      for (const socket of showing.values()) socket.terminate();
      showing.clear();
    },
    beat: () => say('vitals', vitals),
    async raise(kind, code) {
      const alarm = randomUUID() as AlarmId;
      const evidence = { code, figures: {}, models: ['night 1'], attended: false } as const;
      const report = { alarm, kind, phase: 'began', at: now(), camera: 'sovrum', evidence } as unknown as AlarmReport;
      own.set(alarm, { alarm, began: parseInstant(report.at), report });
      await tell(report);
      return alarm;
    },
    async over(alarm) {
      const known = own.get(alarm);
      if (!known) return;
      const report: AlarmReport = { ...known.report, phase: 'ended', at: now() };
      own.set(alarm, { ...known, report });
      await tell(report);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of showing.values()) socket.terminate();
      await client?.endAsync(true);
    },
  };
}
