/** Builds one agent out of settings, clock and log; owns every lifetime; nothing here is global. */
import { consented } from '@nattfrid/shared/domain/consent';
import type { AlarmId, LookId } from '@nattfrid/shared/domain/ids';
import type { NoPicture } from '@nattfrid/shared/domain/look';
import { asFault } from '@nattfrid/shared/fault/fault';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import { openScope, type Scope } from '@nattfrid/shared/lifetime/scope';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { withOldWord } from '@nattfrid/shared/wire/halt-words';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { HaltState } from '@nattfrid/shared/wire/vitals';
import { readPower } from './check/read-power.ts';
import { askSignal } from './check/read-signal.ts';
import { type Ready, readyConfig } from './config/ready.ts';
import type { Config } from './config/schema.ts';
import type { Finding } from './decide/finding.ts';
import { readAtTheUnit } from './halt/at-the-unit.ts';
import { keepHalts } from './halt/keep-halts.ts';
import { readSwitch } from './halt/privacy-switch.ts';
import { openHealth } from './health/health.ts';
import { keepWatching } from './keep-watching.ts';
import { asker } from './look/ask-who.ts';
import { callSigned } from './look/call-signed.ts';
import { openHead } from './look/keep-head.ts';
import { noLamp } from './look/lamp.ts';
import { openLooks } from './look/open-looks.ts';
import { programLamp } from './look/program-lamp.ts';
import { roomSigned } from './look/room-signed.ts';
import { type ShowOne, showLooks } from './look/show-looks.ts';
import { trustConsoles } from './look/trusted-consoles.ts';
import { whoseConsole } from './look/whose-console.ts';
import { keepLink } from './mqtt/keep-link.ts';
import type { Link } from './mqtt/link.ts';
import { self } from './mqtt/self.ts';
import { letters } from './obey/letters.ts';
import { lookOrders } from './obey/look-orders.ts';
import { type Orders, obey } from './obey/obey.ts';
import { relayStates } from './obey/relay-state.ts';
import { openRelayTime } from './obey/relay-time.ts';
import type { Outside } from './outside.ts';
import { openCertificate } from './pairing/keep-certificate.ts';
import { show } from './pipeline.ts';
import { inForce } from './plan/in-force.ts';
import type { Circumstances } from './plan/may.ts';
import { keepMunicipalityKeys } from './plan/municipality-keys.ts';
import { keepPlan } from './plan/plan.ts';
import { planState } from './plan/plan-state.ts';
import { openRelays } from './publish/relays.ts';
import { keepReadiness } from './ready/keep-readiness.ts';
import { bootOf, isWaiting, testLooksUntil } from './ready/readiness.ts';
import { endedByHalt, isSeen } from './report/ended-by-halt.ts';
import { openOutbox } from './report/outbox.ts';
import { reporter } from './report/report.ts';
import { countShadows } from './report/shadow.ts';
import { tellFindings } from './report/tell-findings.ts';
import { openRoom } from './room/open-room.ts';
import { downloadFrom } from './serve/download.ts';
import { openServe } from './serve/open-serve.ts';
import { readyDeeds } from './serve/ready-deeds.ts';
import { rememberLog, rememberVitals } from './serve/recent-log.ts';
import { sources } from './serve/sources.ts';
import { updateFailed } from './serve/update.ts';
import { wipeDeed } from './serve/wipe-deed.ts';
import { openParts } from './stages.ts';
import { accessTable } from './store/access-table.ts';
import { alarmTable } from './store/alarm-table.ts';
import { consolesTable } from './store/consoles-table.ts';
import { haltTable } from './store/halt-table.ts';
import { keptSettingsTable } from './store/kept-settings-table.ts';
import { unitKey } from './store/keys.ts';
import { outboxTable } from './store/outbox-table.ts';
import { pairingTable } from './store/pairing-table.ts';
import { planTable } from './store/plan-table.ts';
import { readyTable } from './store/ready-table.ts';
import { keepRetention } from './store/retention.ts';
import { roomTable } from './store/room-table.ts';
import { serveTable, usedCalls } from './store/serve-table.ts';
import { shadowTable } from './store/shadow-table.ts';
import { whyNotKept } from './store/sqlite-code.ts';
import { successorsTable } from './store/successors-table.ts';
import { openUnitDisk } from './store/unit-disk.ts';
import { watchDisk } from './store/watch-disk.ts';
import { released } from './version.ts';

export interface Agent extends AsyncDisposable {
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** Resolves when the signal says so, or with why it is to be composed anew. */
  until(signal: AbortSignal): Promise<Anew | undefined>;
}

/** `settings`: another camera has been chosen, say; `wipe`: everything of this home is to be erased; `restart`: its process is to end, and begin anew. */
export type Anew = 'settings' | 'wipe' | 'restart';

/** This software is younger than that: a clock that shows an earlier time has not been set. */
const madeAt = instant(Date.parse(released));

/** Until then a look whose node was lost is not over. */
const otherNodeWithin = seconds(4);
/** How often a plan that has begun or ended by the clock is noticed. */
const planPulse = seconds(10);

/** @throws Fault where it cannot watch at all: no models, no ffmpeg, a database that cannot be opened. */
export async function openAgent(config: Config, outside: Outside): Promise<Agent> {
  const { log } = outside;
  const scope = openScope((error) => log.error('A task of the agent ended', { words: asFault(error).message }));
  try {
    const anew = Promise.withResolvers<Anew>();
    const publicKey = await compose(config, outside, scope, anew.resolve);
    return {
      publicKey,
      until: (signal) => Promise.race([anew.promise, aborted(signal).then(() => undefined)]),
      [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
    };
  } catch (error) {
    await scope[Symbol.asyncDispose]();
    throw error;
  }
}

/** Everything is owned by the scope, which closes it newest first. */
async function compose(
  settings: Config,
  outside: Outside,
  scope: Scope,
  // What is asked for on the spot (another camera, a wipe, a restart) calls it, once its own answer is on the disk.
  anew: (why: Anew) => void,
): Promise<string> {
  const { clock, random, newId, version } = outside;
  const recent = rememberLog(outside.log, clock);
  const { log } = recent;
  const { database } = scope.own(openUnitDisk(settings.data, clock, log));
  const key = await unitKey(database);
  const pairing = pairingTable(database);
  const served = serveTable(database);
  const config: Ready = readyConfig(settings, pairing.find());
  const certificate =
    config.token === undefined
      ? openCertificate({ pairing, key, clock, random, log, isCutOff: () => !isUp })
      : undefined;

  // Words: alarms and answers, on disk before anything is sent.
  const alarms = alarmTable(database);
  const disk = scope.own(
    watchDisk({
      database,
      clock,
      log: log.child('disk'),
      changed: () => health.news(),
      failing: () => outbox.cannotKeep !== undefined,
      well: () => outbox.well(),
    }),
  );
  const outbox = openOutbox({
    table: outboxTable(database),
    unit: config.unit,
    clock,
    newId,
    whyNot: (error) => whyNotKept(error, config.data),
    changed() {
      // Not before the write that was refused has been taken back.
      if (outbox.cannotKeep === 'disk-damaged') queueMicrotask(() => disk.damaged());
      health.news();
    },
  });
  const newAlarmId = () => newId() as AlarmId;
  const shadows = shadowTable(database);
  const counted = () => plan.current?.shadow ?? [];
  const count = countShadows({ database, shadows, alarms, outbox, newId, counted });
  const tellIt = reporter({ database, alarms, outbox, camera: config.camera.id, newAlarmId });
  const report = (finding: Finding) => (count(finding) ? undefined : tellIt(finding));
  const telling = scope.own(tellFindings(report, clock, log, outbox.refused));

  const access = accessTable(database);
  const relayTime = openRelayTime(clock);
  const kept = { database, alarms, access, keepDays: config.keepDays };
  scope.own(keepRetention({ ...kept, clock, agreed: relayTime.agrees, log: log.child('retention') }));

  // What governs: the plan, and the looks that it allows.
  const lamp = config.lamp ? programLamp(config.lamp) : noLamp;
  const consoles = consolesTable(database);
  const answer = (said: LookAnswer) => {
    outbox.put('look-answer', withOldWord(said));
    ready.answered(said, gate.looking()?.reason.type === 'test');
  };
  const { gate, looks } = openLooks({ lamp, access, consoles, answer, clock, log: log.child('look') });
  scope.own(looks);
  const ready = scope.own(
    keepReadiness({
      table: readyTable(database),
      clock,
      log: log.child('ready'),
      changed: () => {
        outbox.put('service-answer', { type: 'proofs', call: newId(), seen: ready.seen });
        weigh();
        health.news();
      },
    }),
  );
  const municipality = await keepMunicipalityKeys(config.planKey, successorsTable(database), log.child('plan'));
  const plan = await keepPlan({
    table: planTable(database),
    unit: config.unit,
    client: config.alias,
    keys: municipality,
    unitKey: key.publicKey,
    clock,
    log: log.child('plan'),
    changed: () => {
      halts.weigh();
      void looks.tell({ type: 'plan-changed', now: circumstances() });
      weigh();
    },
  });
  const darkened = (dark: HaltState | undefined) => {
    if (dark) {
      const open = [...alarms.open().map(({ kind }) => kind), ...shadows.openKinds()];
      for (const finding of endedByHalt(open, clock.now())) telling.tell(finding);
    }
    const shut = looks.tell({ type: 'plan-changed', now: circumstances() });
    health.news();
    weigh();
    // After the look's own: the last word is the lamp's.
    void shut
      .then(() => lamp.dark(dark !== undefined))
      .catch((error: unknown) => log.warn('The lamp cannot show that nobody can look', { why: String(error) }));
  };
  let isComposed = false;
  const halts = scope.own(
    keepHalts({
      table: haltTable(database),
      access,
      readSwitch: () => readSwitch(config.privacySwitch),
      readAtTheUnit: () => readAtTheUnit(config.data),
      plan: () => ({ current: plan.current?.version, newest: plan.newest?.version }),
      clock,
      log: log.child('halt'),
      changed: (dark) => {
        if (isComposed) darkened(dark);
      },
    }),
  );
  const isClockSure = () => clock.now() > madeAt;
  const circumstances = (): Circumstances => ({
    at: clock.now(),
    clockSure: isClockSure(),
    plan: plan.current,
    ownAlarms: alarms.recent(),
    halts: halts.halts,
    readiness: ready.now,
  });
  const planNow = () => (halts.dark || isWaiting(ready.now) ? undefined : inForce(plan.current, clock.now()));
  /** Watched while it is set up as well: how else would it propose the room. Nothing is looked for, and nobody shown. */
  const isSetUp = () => {
    const { current } = plan;
    return testLooksUntil(ready.now, clock.now()) !== undefined && !!current && consented(current, clock.now());
  };

  let isProposed = false;
  // What is known of the room: settings, and over them what a person has confirmed.
  const rooms = openRoom({
    table: roomTable(database),
    access,
    configured: config.room,
    propose: (proposal) => {
      isProposed = true;
      outbox.put('room-proposal', proposal);
    },
    clock,
    log: log.child('room'),
  });

  // What sees: the river, while the plan watches or somebody looks; otherwise the camera rests.
  const lookOpen = () => gate.looking() !== undefined;
  const outboxDepth = () => outbox.depth;
  const health = scope.own(openHealth({ clock, log: log.child('health'), found: telling.tell, outboxDepth, lookOpen }));
  /** What is on its way through the river when a halt comes is no alarm any more. */
  const found = (finding: Finding) => {
    if (!halts.dark || !isSeen(finding.kind)) telling.tell(finding);
  };
  const shown = (what: 'picture' | NoPicture) => void looks.tell({ type: 'shown', what });
  const clientSeen = (look: LookId) => void looks.tell({ type: 'client-seen', look, now: circumstances() });
  const relays = openRelays([config.relay, ...config.relays]);
  const governing = {
    health,
    found,
    plan: planNow,
    room: () => rooms.keeper.room,
    roomWatch: rooms.watch,
    looking: gate.looking,
    showing: gate.showing,
    shown,
    unitPrivateKey: key.privateKey,
    certified: certificate?.certified,
    relays,
  };
  const parts = scope.own(await openParts(config, { ...outside, log }, governing));
  const showOne: ShowOne = (look, readers, cleared, signal) => show(parts.showing(look, readers), cleared, signal);
  const showing = scope.own(showLooks({ gate, show: showOne, clientSeen, log: log.child('look') }));
  const watching = scope.own(keepWatching({ stages: parts.watching, gate, showing, health, clock, random, log }));
  /** A technician tries how the camera sees: it is watched for that while, and its gate is shut. */
  let trying = 0;
  let planWas = '';
  const weigh = () => {
    const { state, version } = planState(plan.current, clock.now(), halts.dark, ready.now);
    if (planWas !== `${state} ${version}`) {
      health.news();
      // Another may have begun, which agrees to less.
      void looks.tell({ type: 'plan-changed', now: circumstances() });
    }
    planWas = `${state} ${version}`;
    watching.set(!halts.dark && (planNow()?.watch === 'always' || lookOpen() || isSetUp() || trying > 0));
    parts.prepare();
  };
  scope.own(gate.onChange(weigh));
  scope.own(clock.every(planPulse, weigh));
  weigh();
  isComposed = true;
  if (halts.dark) darkened(halts.dark);
  ready.started(bootOf(outside.power));

  // What is said and heard.
  const trusted = trustConsoles({ municipality, consoles, access });
  const whose = whoseConsole({ municipality, consoles, trusted });
  const askWho = asker(config.unit, whose);
  const signedFor = roomSigned({ unit: config.unit, whose, consoles: () => plan.current?.consoles });
  const { task } = scope;
  let isUp = false;
  const cannotKeep = () =>
    disk.isDamaged ? 'disk-damaged' : (outbox.cannotKeep ?? (telling.waiting > 0 ? 'disk-full' : undefined));
  const vitalsKept = scope.own(rememberVitals(health.lately, clock));
  const serve = scope.own(
    await openServe({
      ...{ again: () => anew('restart'), board: config.board, data: config.data, version, boot: bootOf(outside.power) },
      measureSignal: () => askSignal({ modem: config.board.modem, proc: '/proc' }, true),
      download: downloadFrom(config.relay, {
        unit: config.unit,
        token: config.token,
        certified: certificate?.certified,
      }),
      bundle: {
        vitals: vitalsKept.kept,
        lines: recent.lines,
        versions: { agent: version, node: process.version, models: parts.models },
      },
      ...{ unit: config.unit, key, table: served, access, outbox, clock, log: log.child('serve') },
      callSigned: callSigned({
        ...{ unit: config.unit, municipality, consoles, whose },
        used: usedCalls(served),
      }),
      isSettingUp: () => isWaiting(ready.now),
      power: outside.power,
      keepCamera(camera) {
        ready.cameraChosen();
        const { url, lookUrl, profile } = camera;
        // Of the camera before nothing stays, also not the certificate that was believed of it.
        const set = {
          'camera.url': url,
          'camera.lookUrl': lookUrl,
          'camera.profile': profile,
          'camera.certificate': undefined,
        };
        keptSettingsTable(database).set(set);
        anew('settings');
      },
      dark: {
        watch() {
          trying++;
          weigh();
          return {
            [Symbol.dispose]() {
              trying--;
              weigh();
            },
          };
        },
        listen: health.listen,
        isDark: () => halts.dark !== undefined,
      },
      readPower: () => readPower({ line: config.board.mains, ups: config.board.ups, sys: '/sys' }, clock),
      powerChanged: () => health.news(),
      now() {
        const open = alarms.open();
        // Without its camera it sees no end of what it has seen begin.
        const isBlind = open.some(({ kind }) => kind === 'camera-lost');
        const isWatched = !halts.dark && !isBlind && planNow() !== undefined;
        const seenAlarms = isWatched ? open.filter(({ kind }) => isSeen(kind)).length : 0;
        return { lookOpen: lookOpen(), openAlarms: open.length, seenAlarms };
      },
      more: {
        ...readyDeeds(ready, newAlarmId),
        ...wipeDeed({
          unit: config.unit,
          data: config.data,
          database,
          outbox,
          clock,
          power: outside.power,
          task: scope.task,
          erase: () => anew('wipe'),
        }),
      },
      sources: sources({
        ...{ config, relayTime, isClockSure, lamp, lookOpen, cannotKeep },
        ...(certificate && { certificate: certificate.state }),
        vitals: health.lately,
        isUp: () => isUp,
        room: () => ({
          room: rooms.keeper.room,
          isConfirmed: rooms.keeper.version !== undefined,
          isProposed,
          changes: rooms.watch.changes.length,
        }),
        plan: () => planState(plan.current, clock.now(), halts.dark, ready.now),
        waitsUntilReady: () => isWaiting(ready.now),
        dark: () => halts.dark,
        updateFailed: () => updateFailed(served),
      }),
    }),
  );
  const orders: Orders = {
    'service-call': serve['service-call'],
    ...lookOrders({
      unit: config.unit,
      looks,
      looking: gate.looking,
      askWho,
      trusted,
      circumstances,
      clock,
      log,
      task,
    }),
    ...relayStates(log),
    ...letters({
      plan,
      halts,
      room: rooms.keeper,
      roomSigned: signedFor,
      consoles,
      access,
      clock,
      outbox,
      log,
      task,
    }),
  };
  /** Where the relay has another node, the next one is reached in a moment, and the look goes on there; else it is over at once. */
  const lost = async () => {
    if (config.relays.length > 0) await clock.sleep(otherNodeWithin, scope.signal);
    if (!isUp) await looks.tell({ type: 'link-lost', at: clock.now() });
  };
  const link: Link = {
    unit: config.unit,
    address: {
      get relay() {
        return relays.here;
      },
      ...{ path: sockets.mqtt, unit: config.unit, token: config.token },
      certified: certificate?.certified,
    },
    outbox,
    ...self({
      version,
      models: parts.models,
      run: newId(),
      plan,
      halts,
      ready,
      room: rooms.keeper,
      roomWatch: rooms.watch,
      health,
      cannotKeep,
      power: () => serve.power,
      accessHead: openHead(config.data, access, log.child('access')),
      clock,
    }),
    received: obey(config.unit, orders, log.child('obey'), relayTime.says),
    up(now) {
      isUp = now;
      log.info(isUp ? 'Relay reached' : 'Relay lost');
      if (!isUp) void lost();
    },
    clock,
    newId,
    heartbeat: seconds(config.heartbeatSeconds),
  };
  scope.task(keepLink(link, random, log, scope.signal, relays.next));
  if (certificate) scope.task(certificate.keep(scope.signal));
  log.info('Agent started', { unit: config.unit, camera: parts.cameraName, plan: plan.current?.version });
  return toBase64Url(key.publicKey);
}
