/** A unit without a camera: real MQTT, a real picture socket, the real seal, and pictures from ffmpeg; it does as it is told. */
import { randomUUID } from 'node:crypto';
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';
import { AlarmId, CameraId, type LookId, type OperatorAlias, type UnitId } from '@nattfrid/shared/domain/ids';
import type { LookEnd, NoPicture, Refusal } from '@nattfrid/shared/domain/look';
import type { Mode, Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { followKeys } from '@nattfrid/shared/seal/municipality-key';
import { openPlan } from '@nattfrid/shared/seal/plan-signature';
import { type SealedKind, type SealedLook, sealLook } from '@nattfrid/shared/seal/seal-look';
import type { SignKey } from '@nattfrid/shared/seal/sign';
import { wishSaidSo } from '@nattfrid/shared/seal/wish-proof';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import { readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import type { LookCall, LookJoin, LookWish } from '@nattfrid/shared/wire/look-call';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';
import { messages } from '@nattfrid/shared/wire/messages';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { writePictureTime } from '@nattfrid/shared/wire/picture-time';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { RoomLetter } from '@nattfrid/shared/wire/room-letter';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { downTopics, readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import { wellVitals } from '@nattfrid/stand-ins/night/well-vitals';
import { connectAsync } from 'mqtt';
import { WebSocket } from 'ws';
import type { CodedPicture } from '../support/h264-stream.ts';

/** How it meets the next looks. */
export type Manner =
  | { readonly name: 'shows'; readonly signs: SignKey }
  | { readonly name: 'refuses'; readonly why: Refusal }
  | { readonly name: 'has-no-picture'; readonly why: NoPicture; readonly signs: SignKey }
  | { readonly name: 'keeps-silent' };

export interface SimulatedUnit extends AsyncDisposable {
  readonly unit: UnitId;
  manner: Manner;
  /** While true nothing is sent on an open look. */
  held: boolean;
  /** By how much its clock is ahead of everybody else's, and how long its pictures have been on their way, in ms. */
  clockAhead: number;
  late: number;
  /** Said under seal beside the pictures of the next looks. */
  notices: readonly object[];
  /** Says something of its picture to all who see it. */
  notice(said: object): Promise<void>;
  /** What it lets the person be shown as, where somebody wishes for it. */
  agreed: readonly Mode[];
  /** How it meets colleagues who would join. */
  joinRefusal: Refusal | undefined;
  /** So many pictures are sealed, counted, and lost on the way. */
  lose: number;
  /** Counters of the pictures that the viewer acknowledged, and how often it asked for a keyframe. */
  readonly acks: number[];
  readonly wantedKeys: number;
  /** How often it was asked to show something. */
  readonly calls: number;
  readonly looksEnded: LookEnd[];
  /** Whose plans it takes; absent: it does not answer to plans. Base64url. */
  planKey: string | undefined;
  /** Those that it has taken, the newest last. */
  readonly plans: Plan[];
  /** As they were confirmed, each taken into use at once. */
  readonly rooms: RoomLetter[];
  raise(
    kind: Exclude<AlarmKind, 'unit-silent'>,
    evidence: { code: string; figures: Record<string, number> },
  ): Promise<AlarmId>;
  say<Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>): Promise<void>;
  endLook(why: LookEnd): Promise<void>;
  /** As if somebody had pulled the plug: nothing more is said, and the relay finds out by itself. */
  pullPlug(): void;
}

export interface UnitProps {
  readonly relay: string;
  readonly unit: UnitId;
  readonly token?: string;
  /** Of one that was paired: in place of the token. */
  readonly certified?: { readonly key: string; readonly cert: string; readonly ca: string };
  /** What a technician asks of it. */
  readonly served?: (call: Message<'service-call'>) => void;
  /** Told of each answer about a look that it gives. */
  readonly answered?: (answer: Message<'look-answer'>, call: LookCall | undefined) => void;
  readonly manner: Manner;
  readonly pictures: readonly CodedPicture[];
}

const gone = { state: 'gone', agent: 'simulated', models: [] } as const;

export async function simulatedUnit(props: UnitProps): Promise<SimulatedUnit> {
  const { relay, unit, token, certified, manner, pictures } = props;
  const address = relay.replace(/^http/, 'ws');
  const client = await connectAsync(`${address}${sockets.mqtt}`, {
    clientId: unit,
    username: unit,
    ...(token !== undefined && { password: token }),
    ...certified,
    will: {
      topic: topicOf(unit, 'announce'),
      payload: Buffer.from(writeLetter('announce', unit, randomUUID(), systemClock.now(), gone)),
      qos: 1,
      retain: true,
    },
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  const open = new Map<LookId, AbortController>();
  const asked = new Map<LookId, LookCall>();
  const ways = new Set<{ readonly look: LookId; readonly socket: WebSocket; readonly sealed: SealedLook }>();
  const leaving = new Map<OperatorAlias, AbortController>();
  let wantedKeys = 0;
  let calls = 0;
  let beating: Disposable | undefined;

  const say: SimulatedUnit['say'] = async (name, body) => {
    const bytes = writeLetter(name, unit, randomUUID(), systemClock.now(), body);
    const { qos, retain } = messages[name];
    if (name === 'look-answer') {
      const answer = body as Message<'look-answer'>;
      props.answered?.(answer, asked.get(answer.look));
    }
    await client.publishAsync(topicOf(unit, name), Buffer.from(bytes), { qos, retain });
  };

  async function called(call: LookCall): Promise<void> {
    const { look } = call;
    calls += 1;
    asked.set(look, call);
    const how = self.manner;
    switch (how.name) {
      case 'keeps-silent':
        return;
      case 'refuses':
        return say('look-answer', { type: 'refused', look, why: how.why });
      case 'has-no-picture':
      case 'shows':
        await say('look-answer', { type: 'opened', look, mode: 'silhouette', until: call.until });
        open.set(look, new AbortController());
        return show(call, how, open.get(look)!);
    }
  }

  async function governed(letter: PlanLetter): Promise<void> {
    if (!self.planKey) return;
    const keys = await followKeys(self.planKey, letter.successors ?? []);
    const plan = await openPlan(letter, fromBase64Url(keys.at(-1) ?? ''), systemClock.now());
    if (plan instanceof Fault) return say('plan-answer', { type: 'refused', why: 'signature-wrong' });
    self.plans.push(plan);
    await say('plan-answer', { type: 'taken', plan: plan.plan, version: plan.version });
  }

  async function wished({ look, mode, console: proof }: LookWish): Promise<void> {
    const { operatorKey, console: signer } = asked.get(look) ?? {};
    const signed = proof && signer && operatorKey && wishSaidSo({ unit, look, operatorKey, mode }, proof, signer.key);
    if (!(await signed)) return say('look-answer', { type: 'mode-refused', look, mode, why: 'console-proof-wrong' });
    if (self.agreed.includes(mode)) return say('look-answer', { type: 'mode-changed', look, mode });
    return say('look-answer', { type: 'mode-refused', look, mode, why: 'mode-not-agreed' });
  }

  async function joined(join: LookJoin): Promise<void> {
    const { look, operator } = join;
    const how = self.manner;
    if (self.joinRefusal || how.name !== 'shows')
      return say('look-answer', { type: 'not-joined', look, operator, why: self.joinRefusal ?? 'no-such-look' });
    await say('look-answer', { type: 'joined', look, operator });
    const over = new AbortController();
    leaving.set(operator, over);
    open.get(look)?.signal.addEventListener('abort', () => over.abort());
    return show(join, how, over, `&reader=${operator}`);
  }

  async function show(
    call: Pick<LookCall, 'look' | 'operatorKey'>,
    how: Extract<Manner, { signs: SignKey }>,
    over: AbortController,
    reader = '',
  ): Promise<void> {
    const { look } = call;
    const sealed = await sealLook({
      look,
      operatorKey: fromBase64Url(call.operatorKey),
      unitPrivateKey: how.signs.privateKey,
    });
    if (sealed instanceof Fault) throw sealed;
    const socket = new WebSocket(`${address}${sockets.unit}?look=${look}${reader}`, {
      ...certified,
      ...(token !== undefined && { headers: { authorization: `Bearer ${unit}:${token}` } }),
    });
    over.signal.addEventListener('abort', () => socket.close());
    socket.on('error', () => over.abort());
    let next = 0;
    const sayNotices = async () => {
      for (const notice of self.notices)
        await send(socket, sealed, 'notice', new TextEncoder().encode(JSON.stringify(notice)));
    };
    socket.on('message', (data) => {
      const packet = readPicturePacket(new Uint8Array(data as Buffer));
      if (packet instanceof Fault) return;
      if (packet.type === 'ack') self.acks.push(packet.counter);
      if (packet.type === 'want-key') {
        wantedKeys += 1;
        // Somebody has come who has heard nothing yet.
        void sayNotices();
        while (pictures[next % pictures.length]?.kind !== 'key') next += 1;
      }
    });
    const way = { look, socket, sealed };
    ways.add(way);
    socket.on('close', () => ways.delete(way));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(writePicturePacket({ type: 'opening', opening: sealed.opening }));
    if (how.name === 'has-no-picture') {
      await say('look-answer', { type: 'no-picture', look, why: how.why });
      return send(
        socket,
        sealed,
        'notice',
        new TextEncoder().encode(JSON.stringify({ type: 'no-picture', why: how.why })),
      );
    }
    await sayNotices();
    props.answered?.({ type: 'picture', look }, asked.get(look));
    const end = after(systemClock.now(), seconds(120));
    while (!over.signal.aborted && systemClock.now() < end) {
      const picture = pictures[next % pictures.length];
      if (picture && !self.held) {
        next += 1;
        if (self.lose > 0) {
          self.lose -= 1;
          await sealed.seal(picture.kind, picture.bytes);
        } else {
          const taken = systemClock.now() + self.clockAhead - self.late;
          await send(socket, sealed, picture.kind, writePictureTime(picture.bytes, taken));
        }
      }
      await systemClock.sleep(milliseconds(100), over.signal);
    }
  }

  const self: SimulatedUnit = {
    unit,
    manner,
    held: false,
    clockAhead: 0,
    late: 0,
    notices: [],
    async notice(said) {
      for (const { socket, sealed } of ways)
        await send(socket, sealed, 'notice', new TextEncoder().encode(JSON.stringify(said)));
    },
    agreed: ['silhouette'],
    joinRefusal: undefined,
    lose: 0,
    acks: [],
    looksEnded: [],
    planKey: undefined,
    plans: [],
    rooms: [],
    get wantedKeys() {
      return wantedKeys;
    },
    get calls() {
      return calls;
    },
    say,
    async raise(kind, evidence) {
      const alarm = AlarmId.parse(randomUUID());
      await say('alarm-report', {
        alarm,
        kind,
        phase: 'began',
        at: printInstant(systemClock.now()),
        camera: CameraId.parse('bedroom'),
        evidence: { models: ['nanodet', 'blazepose'], attended: false, ...evidence },
      });
      return alarm;
    },
    pullPlug() {
      beating?.[Symbol.dispose]();
      for (const over of open.values()) over.abort();
      client.stream.destroy();
    },
    async endLook(why) {
      for (const [look, over] of open) {
        over.abort();
        await say('look-answer', { type: 'ended', look, why });
      }
      open.clear();
    },
    async [Symbol.asyncDispose]() {
      beating?.[Symbol.dispose]();
      for (const over of open.values()) over.abort();
      await client.endAsync(true);
    },
  };

  client.on('message', (topic, payload) => {
    const about = readTopic(topic);
    if (about?.name === 'look-call') {
      const letter = readLetter('look-call', payload);
      if (!(letter instanceof Fault)) void called(letter.body);
    }
    if (about?.name === 'service-call') {
      const letter = readLetter('service-call', payload);
      if (!(letter instanceof Fault)) props.served?.(letter.body);
    }
    if (about?.name === 'plan-letter') {
      const letter = readLetter('plan-letter', payload);
      if (!(letter instanceof Fault)) void governed(letter.body);
    }
    if (about?.name === 'look-wish') {
      const letter = readLetter('look-wish', payload);
      if (!(letter instanceof Fault)) void wished(letter.body);
    }
    if (about?.name === 'look-join') {
      const letter = readLetter('look-join', payload);
      if (!(letter instanceof Fault)) void joined(letter.body);
    }
    if (about?.name === 'look-leave') {
      const letter = readLetter('look-leave', payload);
      if (!(letter instanceof Fault)) leaving.get(letter.body.operator)?.abort();
    }
    if (about?.name === 'room-letter') {
      const letter = readLetter('room-letter', payload);
      if (letter instanceof Fault) return;
      self.rooms.push(letter.body);
      void say('room-answer', {
        type: 'in-use',
        version: letter.body.version,
        since: printInstant(systemClock.now()),
      });
    }
    if (about?.name === 'look-close') {
      const letter = readLetter('look-close', payload);
      if (letter instanceof Fault) return;
      self.looksEnded.push(letter.body.why);
      if (props.answered && open.has(letter.body.look))
        props.answered({ type: 'ended', look: letter.body.look, why: letter.body.why }, undefined);
      open.get(letter.body.look)?.abort();
      open.delete(letter.body.look);
    }
  });
  await client.subscribeAsync(downTopics(unit), { qos: 1 });
  await say('announce', { state: 'here', agent: 'simulated', models: ['nanodet', 'blazepose'] });
  const heartbeat = () => say('vitals', wellVitals);
  await heartbeat();
  // As often as a real one: the relay raises an alarm for a unit that is silent, and that is not what these tests are about.
  beating = systemClock.every(seconds(30), () => void heartbeat().catch(() => undefined));
  return self;
}

async function send(
  socket: WebSocket,
  sealed: SealedLook,
  kind: SealedKind,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const packet = { type: kind, sealed: await sealed.seal(kind, bytes) } as const;
  if (socket.readyState === WebSocket.OPEN) socket.send(writePicturePacket(packet));
}
