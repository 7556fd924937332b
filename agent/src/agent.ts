/** Builds one agent out of settings, clock and log; owns every lifetime; nothing here is global. */

import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { NoPicture } from '@nattfrid/shared/domain/look';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import { asFault } from '@nattfrid/shared/fault/fault';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import { openScope, type Scope } from '@nattfrid/shared/lifetime/scope';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import type { Announce } from '@nattfrid/shared/wire/announce';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleList } from '@nattfrid/shared/wire/console-list';
import type { LookAnswer, LookCall, LookJoin, LookWish } from '@nattfrid/shared/wire/look-call';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { RoomLetter } from '@nattfrid/shared/wire/room-letter';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { Config } from './config/schema.ts';
import { openHealth } from './health/health.ts';
import { keepWatching } from './keep-watching.ts';
import { accessLog } from './look/access-log.ts';
import { asker } from './look/ask-who.ts';
import type { Asker } from './look/asker.ts';
import { makeGate } from './look/gate.ts';
import { noLamp } from './look/lamp.ts';
import { programLamp } from './look/program-lamp.ts';
import { type LookParts, runLooks } from './look/run-looks.ts';
import { type ShowOne, showLooks } from './look/show-looks.ts';
import { trustConsoles } from './look/trusted-consoles.ts';
import { wishSigned } from './look/wish-signed.ts';
import { keepLink } from './mqtt/keep-link.ts';
import type { Link } from './mqtt/link.ts';
import { type Orders, obey } from './obey/obey.ts';
import type { Outside } from './outside.ts';
import { show } from './pipeline.ts';
import { inForce } from './plan/in-force.ts';
import type { Circumstances } from './plan/may.ts';
import { keepPlan } from './plan/plan.ts';
import { type Outbox, openOutbox } from './report/outbox.ts';
import { reporter } from './report/report.ts';
import { tellFindings } from './report/tell-findings.ts';
import { keepRoom } from './room/keep-room.ts';
import { watchRoom } from './room/watch-room.ts';
import { openParts } from './stages.ts';
import { accessTable } from './store/access-table.ts';
import { alarmTable } from './store/alarm-table.ts';
import { consolesTable } from './store/consoles-table.ts';
import { type Database, openDatabase } from './store/database.ts';
import { unitKey } from './store/keys.ts';
import { outboxTable } from './store/outbox-table.ts';
import { planTable } from './store/plan-table.ts';
import { roomTable } from './store/room-table.ts';
import { databaseFile } from './store/unit-key.ts';
import { released } from './version.ts';

export interface Agent extends AsyncDisposable {
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** Resolves when the signal says so. */
  until(signal: AbortSignal): Promise<void>;
}

/** This software is younger than that: a clock that shows an earlier time has not been set. */
const madeAt = instant(Date.parse(released));

/** How often a plan that has begun or ended by the clock is noticed. */
const planPulse = seconds(10);

/** @throws Fault where it cannot watch at all: no models, no ffmpeg, a database that cannot be opened. */
export async function openAgent(config: Config, outside: Outside): Promise<Agent> {
  const { log } = outside;
  const scope = openScope((error) => log.error('A task of the agent ended', { words: asFault(error).message }));
  try {
    const publicKey = await compose(config, outside, scope);
    return { publicKey, until: aborted, [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose]() };
  } catch (error) {
    await scope[Symbol.asyncDispose]();
    throw error;
  }
}

/** Everything is owned by the scope, which closes it newest first. */
async function compose(config: Config, outside: Outside, scope: Scope): Promise<string> {
  const { clock, log, random, newId } = outside;
  const database = scope.own(openDatabase(databaseFile(config.data)));
  const key = await unitKey(database);

  // Words: alarms and answers, on disk before anything is sent.
  const alarms = alarmTable(database);
  const outbox = openOutbox({ table: outboxTable(database), unit: config.unit, clock, newId });
  const newAlarmId = () => newId() as AlarmId;
  const report = reporter({ database, alarms, outbox, camera: config.camera.id, newAlarmId });
  const telling = scope.own(tellFindings(report, clock, log));

  // What governs: the plan, and the looks that it allows.
  const { gate, looks } = openLooks(config, outside, scope, database, outbox);
  const plan = await keepPlan({
    table: planTable(database),
    unit: config.unit,
    client: config.alias,
    key: fromBase64Url(config.planKey),
    unitKey: key.publicKey,
    log: log.child('plan'),
    changed: () => {
      void looks.tell({ type: 'plan-changed', now: circumstances() });
      weigh();
    },
  });
  const circumstances = (): Circumstances => ({
    at: clock.now(),
    clockSure: clock.now() > madeAt,
    plan: plan.current,
    ownAlarms: alarms.recent(),
  });
  const planNow = () => inForce(plan.current, clock.now());

  // What is known of the room: settings, and over them what a person has confirmed.
  const rooms = openRoom(config, outside, database, outbox);

  // What sees: the river, while the plan watches or somebody looks; otherwise the camera rests.
  const lookOpen = () => gate.looking() !== undefined;
  const outboxDepth = () => outbox.depth;
  const health = scope.own(openHealth({ clock, log: log.child('health'), found: telling.tell, outboxDepth, lookOpen }));
  const shown = (what: 'picture' | NoPicture) => void looks.tell({ type: 'shown', what });
  const governing = {
    health,
    found: telling.tell,
    plan: planNow,
    room: () => rooms.keeper.room,
    roomWatch: rooms.watch,
    looking: gate.looking,
    showing: gate.showing,
    shown,
    unitPrivateKey: key.privateKey,
  };
  const parts = scope.own(await openParts(config, outside, governing));
  const showOne: ShowOne = (look, readers, cleared, signal) => show(parts.showing(look, readers), cleared, signal);
  const showing = scope.own(showLooks({ gate, show: showOne, log: log.child('look') }));
  const watching = scope.own(keepWatching({ stages: parts.watching, gate, showing, health, clock, random, log }));
  const weigh = () => {
    watching.set(planNow()?.watch === 'always' || lookOpen());
    parts.prepare();
  };
  scope.own(gate.onChange(weigh));
  scope.own(clock.every(planPulse, weigh));
  weigh();

  // What is said and heard.
  const consider = async (letter: PlanLetter) => {
    const answer = await plan.consider(letter);
    outbox.put('plan-answer', answer);
    if (answer.type === 'taken') log.info('Plan taken', { version: answer.version });
    else log.warn('Plan refused', { why: answer.why });
  };
  const consoles = consolesTable(database);
  const municipality = fromBase64Url(config.planKey);
  const trusted = trustConsoles({ municipality, consoles, access: accessTable(database) });
  const askWho = asker({ unit: config.unit, municipality, consoles, trusted });
  const considerConsoles = async (list: ConsoleList) => {
    try {
      const withdrawn = await trusted.consider(list, clock.now());
      const open = gate.looking();
      if (open && withdrawn.some((one) => one.operator === open.operator && one.console === open.console))
        await looks.tell({ type: 'close', look: open.look, why: 'key-changed', at: clock.now() });
    } catch (error) {
      // Not written down, so not followed: the relay sends the list again when this unit says that it is here.
      log.error('A list of consoles could not be kept', { words: asFault(error).message });
    }
  };
  const consoleAsks = async (call: LookCall) =>
    looks.tell({ type: 'call', call, asker: await askWho(call, clock.now()), now: circumstances() });
  const colleagueAsks = async (join: LookJoin) => {
    const open = gate.looking();
    const who: Asker = open
      ? await askWho({ ...join, reason: open.reason }, clock.now())
      : { by: 'refused', why: 'no-such-look' };
    return looks.tell({ type: 'join', join, asker: who, now: circumstances() });
  };
  const consoleWishes = async (wish: LookWish) => {
    const signed = await wishSigned(config.unit, gate.looking(), wish, clock.now());
    return looks.tell({ type: 'wish', wish, signed, now: circumstances() });
  };
  // One after the other: a look that is closed while its console is still being checked must not open after that.
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = (next: () => Promise<void>) => {
    const mine = before.then(next);
    before = mine.catch(() => {});
    scope.task(mine);
  };
  const considerRoom = (letter: RoomLetter) => {
    try {
      outbox.put('room-answer', rooms.keeper.consider(letter));
    } catch (error) {
      // Not written down, so not used: the relay sends it again when this unit says which room it has.
      log.error('A confirmed room could not be kept', { words: asFault(error).message });
    }
  };
  const orders: Orders = {
    'look-call': (call) => inTurn(() => consoleAsks(call)),
    'look-join': (join) => inTurn(() => colleagueAsks(join)),
    'look-wish': (wish) => inTurn(() => consoleWishes(wish)),
    'look-leave': ({ look, operator }) => inTurn(() => looks.tell({ type: 'leave', look, operator, at: clock.now() })),
    'look-close': ({ look, operatorKey, why }) =>
      inTurn(() => looks.tell({ type: 'close', look, operatorKey, why, at: clock.now() })),
    'plan-letter': (letter) => scope.task(consider(letter)),
    'room-letter': considerRoom,
    'console-list': (list) => inTurn(() => considerConsoles(list)),
  };
  const announce = (): Announce => {
    const { current } = plan;
    const held = current ? { plan: { id: current.plan, version: current.version } } : {};
    const { version } = rooms.keeper;
    const room = version === undefined ? {} : { room: { version } };
    return { state: 'here', agent: outside.version, models: parts.models, ...held, ...room };
  };
  const link: Link = {
    unit: config.unit,
    address: { relay: config.relay, path: sockets.mqtt, unit: config.unit, token: config.token },
    outbox,
    announce,
    vitals() {
      const { changes } = rooms.watch;
      return {
        ...health.vitals(),
        ...(outbox.diskFull || telling.waiting > 0 ? { diskFull: true } : {}),
        ...(changes.length > 0 ? { roomChanged: changes } : {}),
      };
    },
    changed: (signal) => Promise.race([health.changed(signal), rooms.watch.changed(signal)]),
    received: obey(config.unit, orders, log.child('obey')),
    up(isUp) {
      log.info(isUp ? 'Relay reached' : 'Relay lost');
      if (!isUp) void looks.tell({ type: 'link-lost', at: clock.now() });
    },
    clock,
    newId,
    heartbeat: seconds(config.heartbeatSeconds),
  };
  scope.task(keepLink(link, random, log, scope.signal));
  log.info('Agent started', { unit: config.unit, camera: parts.cameraName, plan: plan.current?.version });
  return toBase64Url(key.publicKey);
}

/** The room in use, and the watch over it. */
function openRoom(config: Config, { clock, log }: Outside, database: Database, outbox: Outbox) {
  const table = roomTable(database);
  const keeper = keepRoom({
    table,
    access: accessTable(database),
    configured: config.room,
    clock,
    log: log.child('room'),
    changed: () => watch.confirmed(),
  });
  const propose = (proposal: RoomProposal) => outbox.put('room-proposal', proposal);
  const watch = watchRoom({ keeper, table, propose, log: log.child('room') });
  return { keeper, watch };
}

/** The gate and the only one who holds its key: the machine of looks, which writes before it opens. */
function openLooks(config: Config, { clock, log }: Outside, scope: Scope, database: Database, outbox: Outbox) {
  const lamp = config.lamp ? programLamp(config.lamp) : noLamp;
  const { gate, key } = makeGate({ lamp, clock, log: log.child('look') });
  const writeAccessLine = accessLog(accessTable(database), log.child('look'));
  const answer = async (said: LookAnswer) => outbox.put('look-answer', said);
  const consoles = consolesTable(database);
  const knowConsole: LookParts['knowConsole'] = (operator, known, at, confirmed) =>
    confirmed ? consoles.confirm(operator, known, confirmed) : consoles.add(operator, known, at);
  return {
    gate,
    looks: scope.own(runLooks({ key, writeAccessLine, answer, knowConsole, clock, log: log.child('look') })),
  };
}
