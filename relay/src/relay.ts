/** Builds one relay out of its settings, clock and log, by hand; owns every lifetime, newest closed first. */
import { createServer } from 'node:net';
import type { OrganisationView } from '@nattfrid/shared/desk/agreement';
import { isTraining } from '@nattfrid/shared/desk/organisation';
import { may } from '@nattfrid/shared/desk/permissions';
import type { Role } from '@nattfrid/shared/desk/role';
import { whileLocked } from '@nattfrid/shared/desk/while-locked';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days, hours, minutes, seconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { openAlarms } from './alarms/alarms.ts';
import { openApp } from './api/app.ts';
import { consoleBuild } from './api/console-build.ts';
import { deskReader } from './api/desk.ts';
import { admitViewer, entrances, unitAdmission } from './api/entrances.ts';
import { apiHandlers } from './api/handlers.ts';
import { listenForFigures } from './api/listen-for-figures.ts';
import { openSignInElsewhere } from './api/sign-in-elsewhere.ts';
import { type Audit, openAudit } from './audit/audit.ts';
import { type KeepHead, keepHeads } from './audit/keep-heads.ts';
import { openRefusals } from './audit/refusals.ts';
import { openSignInRefusals } from './audit/sign-in-refusals.ts';
import { openBreakGlasses } from './break-glass/break-glass.ts';
import { openAtHomes } from './care/at-home.ts';
import { openCarePlans } from './care/care-plans.ts';
import { openHaltHome } from './care/halt-home.ts';
import { familiesOf, travelOf } from './care/known-details.ts';
import { locked, openComputers } from './computers/computers.ts';
import type { Settings } from './config/schema.ts';
import { openApiKeys } from './connections/api-keys.ts';
import { openWebhooks } from './connections/webhooks.ts';
import { openConsoles } from './consoles/consoles.ts';
import { openEnding } from './ending/ending.ts';
import { type Gateway, openFallBack } from './fallback/fallback.ts';
import { type Figures, openFigures } from './figures.ts';
import { openChecklists } from './follow-up/checklists.ts';
import { openFollowUp } from './follow-up/follow-up.ts';
import { openMonths } from './follow-up/months.ts';
import { forgetOld } from './forget/forget-old.ts';
import { openSureNow } from './forget/sure-now.ts';
import { openHalts } from './halts/halts.ts';
import { openInstallations } from './installations/installations.ts';
import { orderOver } from './installations/over.ts';
import { openSlowDown } from './limit/slow-down.ts';
import { openLogChecks } from './log-check/log-checks.ts';
import { openJoining } from './looks/join-look.ts';
import { openLooks } from './looks/looks.ts';
import { openLooking } from './looks/open-look.ts';
import { openWishing } from './looks/wish-mode.ts';
import { type Broker, openBroker } from './mqtt/broker.ts';
import { tellState } from './mqtt/tell-state.ts';
import { openNight } from './night/night.ts';
import type { Core } from './nodes/core.ts';
import { type OnNode, openFurtherDoors } from './nodes/further-doors.ts';
import { openUnitPairing } from './open-unit-pairing.ts';
import { addOperator } from './operators/add-operator.ts';
import { type NewOperator, type Operator, openOperators, type Present } from './operators/operators.ts';
import { openSealer } from './operators/sealer.ts';
import { openSingleSignOn } from './operators/single-sign-on.ts';
import { openStaff } from './operators/staff.ts';
import { openOrders } from './order/order.ts';
import { addOrganisation } from './organisations/add-organisation.ts';
import { openAgreements } from './organisations/agreements.ts';
import { openOutOfReach } from './organisations/out-of-reach.ts';
import { openReach } from './organisations/reach-now.ts';
import { seenBy } from './organisations/seen.ts';
import { openTraining } from './organisations/training.ts';
import { openSealer as openSealerOfSecret } from './outgoing/sealer.ts';
import { openSend } from './outgoing/send.ts';
import { openWorkOrders } from './pairing/work-orders.ts';
import { openPass } from './pass/pass.ts';
import { openPersonal } from './personal/open-personal.ts';
import { openPhysicalSupervision } from './physical/physical-supervision.ts';
import { openMunicipalityKeys } from './plans/municipality-keys.ts';
import { openPlans } from './plans/plans.ts';
import { openPush } from './push/push.ts';
import { openReceive } from './receive/receive.ts';
import { unitWords } from './receive/unit-words.ts';
import { giveRelease } from './rollout/give-release.ts';
import { openReleases } from './rollout/releases.ts';
import { openRollouts } from './rollout/rollouts.ts';
import { openRooms } from './rooms/rooms.ts';
import { openRounds } from './round/round.ts';
import { watchSaving } from './saving/watch-saving.ts';
import { openHandOver } from './scaip/hand-over.ts';
import { openReceivers, type Receivers } from './scaip/receivers.ts';
import { passwordSealer } from './scaip/sealer.ts';
import { findPlaces } from './scaip/sip/find.ts';
import { openCodes } from './second-factor/codes.ts';
import { openPasskeys } from './second-factor/passkeys.ts';
import { openTickets } from './second-factor/tickets.ts';
import { openServe } from './serve/serve.ts';
import { type Crowd, openCrowd } from './socket/crowd.ts';
import { openDoor } from './socket/door.ts';
import { openGuests } from './socket/guests.ts';
import { listenOn, urlOf } from './socket/listen-on.ts';
import { openRemote, plain, type Remote } from './socket/remote.ts';
import { wireOf } from './socket/wire.ts';
import { openStocks } from './stock/stock.ts';
import { type Guard, openStore, type Tx } from './store/database.ts';
import { watchOtherWriters } from './store/other-writers.ts';
import { shiftsOf } from './store/shifts-table.ts';
import { openCards } from './teams/cards.ts';
import { openTeams } from './teams/teams.ts';
import { openHub } from './tell/hub.ts';
import { openOwnState } from './tell/own-state.ts';
import { every } from './timekeeping/every.ts';
import { keepTime } from './timekeeping/keep-time.ts';
import type { Noticed } from './timekeeping/timekeeping.ts';
import { addUnit, type NewUnit } from './units/add-unit.ts';
import { openUnitHours } from './units/unit-hours.ts';
import { openUnits } from './units/units.ts';
import { version } from './version.ts';
import { openVisits } from './visits/visits.ts';

export interface Around {
  readonly clock: Clock;
  readonly log: Logger;
  /** Fresh UUIDs, version 4. */
  readonly newId: () => string;
  /** Where several nodes are the relay: this one decides, and has a door that outlives that. */
  readonly on?: OnNode;
  /** Of the node's own, where it has some. */
  readonly figures?: Figures;
  /** What every writing checks before it is saved: that this node is main still. */
  readonly guard?: Guard;
}

export interface Relay extends AsyncDisposable {
  /** http(s)://host:port, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Of plain MQTT over TCP, if that was asked for. */
  readonly mqttPort: number | undefined;
  /** Of /metrics, if that was asked for. */
  readonly metricsPort: number | undefined;
  /** Of the listener for units that were paired, if there is one. */
  readonly unitPort: number | undefined;
  /** Reads the certificate again; one that is broken is told in the log, and the old one stays. */
  renewCertificate(): void;
  /** Writes something. @returns why it is not well, or undefined */
  notWell(): Promise<Fault | undefined>;
  /** @returns the operator, or why not */
  addOperator(operator: NewOperator, password: string): Promise<Operator | Fault>;
  /** @returns why not, or undefined */
  addOrganisation(one: OrganisationView): Promise<Fault | undefined>;
  /** @returns the unit's token, this once, or why not */
  addUnit(unit: NewUnit): Promise<{ readonly token: string } | Fault>;
}

const pulse = seconds(1);
const planning = seconds(30);
const givingOut = seconds(30);
const seeing = minutes(1);
const sampling = minutes(5);
const auditing = hours(24);

/** @throws Fault where the database, a port or a file cannot be had */
export async function openRelay(settings: Settings, around: Around): Promise<Relay> {
  await using stack = new AsyncDisposableStack();
  const { clock, log, newId } = around;
  const failed = (error: unknown) => log.error('Something failed in the relay', { words: asFault(error).message });

  const store = stack.use(await openStore(settings.database, around.guard));
  const figures = around.figures ?? openFigures();
  const audit = openAudit(store, clock);
  const keepHead = await keepHeads(settings, { clock, log: log.child('audit') });
  // Everything that writes lines is closed by then.
  if (settings.auditHeadFolder !== undefined) stack.defer(() => audit.check().then(keepHead).catch(failed));
  const hub = openHub();
  const own = openOwnState(hub);
  const saving = stack.use(watchSaving({ store, clock, log }));
  const canSave = () => saving.current.name === 'saves';
  stack.use(saving.onChange((now) => own.saves(now.name === 'saves' ? undefined : now)));
  const { on } = around;
  const further = on && stack.use(openFurtherDoors(on, { clock, log, unwell: own.nodesUnwell }));
  const pass = on && further ? further.pass(on.door.pass) : stack.use(openPass({ clock, log, figures: figures.pass }));
  const broker: { current?: Broker } = {};
  const way = { send: (...given: Parameters<Broker['send']>) => broker.current?.send(...given) ?? false };
  const orders = openOrders({ way, clock, newId });

  const patience = {
    overdue: seconds(settings.overdueAfterSeconds),
    visit: seconds(settings.visitAfterSeconds),
    again: seconds(settings.againAfterSeconds),
    goingAgain: seconds(settings.goingAgainAfterSeconds),
  };
  const sealer = await openPersonal(store, settings.personalKey, log.child('personal'));
  const atHomes = openAtHomes({ store, sealer, log: log.child('care') });
  const teams = await openTeams({ store, clock, audit, newId });
  const cards = openCards({ cardOf: async (_db, client, event) => atHomes.cardOf(client, event), teams, patience });
  const goWithin = seconds(settings.visitGoWithinSeconds);
  const { crews } = teams;
  const { preferred, line: lineFor } = cards;
  const training = openTraining({ clock, tellDesk: () => tellDesk() });
  const reach = openReach({ store, clock, secret: settings.secret, showsTraining: training.shows });
  const isTrainingUnit = (unit: UnitId) => isTraining(reach.unit(unit) ?? '');
  const fallBack = stack.use(
    openFallBack({ store, clock, log, audit, gateway: gatewayOf(settings), canSave, isTraining: isTrainingUnit }),
  );
  const staffed = () => crews().staffed;
  const receiving: { current?: Receivers } = {};
  const newRef = () => newId().replaceAll('-', '').slice(0, 16);
  const handOver = openHandOver({ clock, newRef, put: () => receiving.current?.wake() });
  const visits = openVisits({
    ...{ store, clock, hub, newId, crews, preferred, goWithin, canSave },
    changed: handOver.visit,
  });
  const alarms = openAlarms({
    ...{ store, clock, hub, visits, patience, canSave, lineFor, staffed, fallBack },
    changed: handOver.alarm,
  });
  const receivers = stack.use(
    await openReceivers({
      store,
      clock,
      log: log.child('scaip'),
      audit,
      alarms,
      sealer: passwordSealer(sealer),
      find: findPlaces,
      patience: { next: seconds(settings.receiverNextSeconds), round: seconds(settings.receiverRoundSeconds) },
      canSave,
      newId,
      tellSilent: own.receiversSilent,
      failed,
    }),
  );
  receiving.current = receivers;
  const send = openSend({ clock, networks: settings.outgoingNetworks, caFile: settings.outgoingCa });
  const outgoing = {
    store,
    clock,
    hub,
    audit,
    send,
    sealer: openSealerOfSecret(settings.secret),
    newId,
    canSave,
    failed,
  };
  const chance = Math.random;
  const contact = settings.pushContact ?? settings.publicOrigin ?? 'https://nattfrid.invalid';
  const rings = (role: Role) => may(role, 'answer-alarms');
  const push = stack.use(await openPush({ ...outgoing, chance, contact, rings, teamsOf: teams.teamsOf }));
  const webhooks = stack.use(openWebhooks({ ...outgoing, chance }));
  const apiKeys = openApiKeys({ store, clock, audit, newId });

  const allowed = { late: seconds(settings.lateAfterSeconds), silent: seconds(settings.silentAfterSeconds) };
  const batteryAfter = seconds(settings.batteryAfterSeconds);
  const units = openUnits({ store, clock, hub, alarms, allowed, canSave, batteryAfter });
  const unitHours = openUnitHours({ store, clock, units });
  const municipalityKeys = await openMunicipalityKeys({ store, clock, audit, fixed: settings.planKeys });
  const plans = openPlans({ clock, log, orders, keys: municipalityKeys });
  const rooms = openRooms({ clock, log, orders, secret: settings.secret });
  const halts = openHalts({ clock, log, orders, audit, newId, changed: units.changed });
  const consoles = openConsoles({
    store,
    clock,
    hub,
    audit,
    orders,
    keys: municipalityKeys,
    secret: settings.secret,
  });
  const times = {
    answerWithin: seconds(settings.answerWithinSeconds),
    firstPictureWithin: seconds(settings.firstPictureWithinSeconds),
  };
  const looks = openLooks({
    store,
    clock,
    hub,
    alarms,
    visits,
    plans,
    orders,
    audit,
    pass,
    times,
    newId,
    failed,
    atHome: atHomes.of,
  });
  const write = (deed: (tx: Tx) => Promise<void>) => store.write(deed);
  const homes = openHaltHome({ clock, audit, looks, halts, read: store.db, write });
  const homesChanged = () => void atHomes.refresh().catch(failed);
  const carePlans = openCarePlans({ store, clock, audit, sealer, homes, newId, changed: homesChanged });
  const physical = openPhysicalSupervision({ store, clock, audit, sealer, visits });
  const openLook = openLooking({ store, clock, audit, looks, alarms, plans, orders, newId, secret: settings.secret });
  const wishMode = openWishing({ store, audit, looks, orders, secret: settings.secret });
  const joinLook = openJoining({ store, audit, looks, orders, secret: settings.secret });

  const isHere = (unit: UnitId) => broker.current?.units.includes(unit) ?? false;
  const serve = openServe({
    ...{ store, clock, hub, audit, orders, newId, isHere },
    newestVersion: () => rollouts.newest,
  });
  const releases = openReleases(settings.updates);
  const rollouts = openRollouts({
    ...{ store, clock, audit, serve, releases, isHere, soak: hours(settings.updateSoakHours) },
  });
  serve.answeredBy(rollouts.answered);
  const installations = openInstallations({
    ...{ store, clock, audit, looks, alarms, orders, newId, failed },
    over: orderOver({ audit, clock }),
  });
  hub.recordBy(installations.told);
  serve.answeredBy(installations.answered);
  stack.use(
    hub.listen((event) => {
      if (event.type === 'test') void installations.testTaken(event.test).catch(failed);
    }),
  );

  const handlers = unitWords({
    ...{ units, alarms, looks, plans, rooms, halts, consoles, carePlans, serve, installations, audit, clock },
  });
  const newAlarm = async (tx: Tx, unit: UnitId, letter: string, text: string) => {
    const client = await units.client(tx.db, unit);
    if (client) await alarms.saysNew(tx, unit, client, letter, text);
  };
  const receive = openReceive({
    store,
    clock,
    log,
    figures: figures.receive,
    handlers,
    spoke: units.isHere,
    again: units.heard,
    newAlarm,
  });
  const { knows, credential, cameFrom, speaks, speaking } = units;
  const { listens } = stack.use(tellState(saving, orders, () => broker.current?.units ?? []));
  const refusals = stack.use(openRefusals({ audit, clock, failed }));
  const refused: NonNullable<Parameters<typeof openBroker>[0]['refused']> = (unit, why) => {
    const details = { why, ...(unit && { unit }) };
    const who = unit && why !== 'credential' ? `unit ${unit}` : 'nobody';
    void refusals.write({ who, counted: `mqtt ${unit ?? ''} ${why}`, subject: 'mqtt', details }).catch(failed);
  };
  const live =
    on && further
      ? further.broker(on.door.broker)
      : stack.use(
          await openBroker({
            ...{ clock, log, figures: figures.broker, knows, receive, cameFrom, listens, refused },
            speaks: ({ unit, credential: by }) => speaks(unit, by),
          }),
        );
  broker.current = live;

  const secure = settings.tlsCert !== undefined;
  const { secret, sessionHours, publicOrigin } = settings;
  const operators = openOperators({ store, clock, secret, secure, sessionHours });
  const tickets = openTickets(clock);
  const codes = openCodes({ store, clock, audit, tickets, secret });
  const passkeys = openPasskeys({ store, clock, audit, tickets, publicOrigin });
  const guests = further ? further.guests(openGuests()) : openGuests();
  const remote = openRemote(settings.trustedProxies);
  const crowd = openCrowd({ perAddress: settings.socketsPerAddress, clock, log: log.child('socket') });
  const staff = openStaff({ store, audit, operators });
  await reach.refresh();
  const rounds = await openRounds({ store, clock, looks, reach });
  const isSeen = (id: string) => guests.all.some((guest) => guest.type === 'session' && guest.operator === id);
  const night = openNight({
    store,
    clock,
    hub,
    audit,
    teams,
    rounds,
    alarms,
    visits,
    looks,
    operators,
    isSeen,
    canSave,
  });
  const breakGlasses = await openBreakGlasses({
    ...{ store, clock, hub, audit, sealer, newId, failed },
    agrees: reach.agrees,
    letGo: async (tx, alarm, operator) => {
      if (await alarms.letGo(tx, alarm as AlarmId, operator))
        await audit.append(tx, 'relay', 'alarm-let-go', alarm, { why: 'break-glass-over', operator });
    },
    tellDesk: () => tellDesk(),
  });
  const readDesk = deskReader({
    store,
    clock,
    alarms,
    looks,
    visits,
    units,
    consoles,
    night,
    push,
    own,
    breakGlasses,
    serve,
  });
  const signInRefusals = stack.use(openSignInRefusals({ audit, clock, failed }));
  const signInSealer = openSealer(secret);
  const door = openSingleSignOn({ store, audit, operators, sealer: signInSealer, secret, secure, sessionHours });
  const seen = seenBy(reach, breakGlasses);
  const sessionOf = async (session: string) => (await operators.sessions()).get(session);
  const deskFor = async (who: Present) => seen.desk(who, await readDesk());
  const tellDesk = async () => hub.tell({ type: 'desk', now: printInstant(clock.now()), desk: await readDesk() });
  // What was told from memory may differ from what has been saved since.
  stack.use(saving.onChange((now) => void (now.name === 'saves' && tellDesk().catch(failed))));
  const keepDays = {
    received: settings.keepReceivedDays,
    done: settings.keepDoneDays,
    clients: settings.keepClientDays,
    sessions: settings.keepSessionDays,
  };
  const computers = await openComputers({
    ...{ store, clock, audit, failed },
    moved: async (from, to) => {
      await teams.moved(from, to);
      await breakGlasses.moved(from, to);
      await rounds.moved(from, to);
      training.moved(from, to);
      night.moved(from);
    },
    ended: () => over(),
  });
  const { isLocked } = computers;
  const ending = openEnding({
    store,
    clock,
    audit,
    guests,
    operators,
    looks,
    alarms,
    units,
    reach,
    breakGlasses,
    isLocked,
    cut: live.cut,
    tellDesk,
  });
  /** Sessions have ended: what hung on them ends with them, and what was in hand goes back to everybody. */
  const over = async (out?: Pick<Present, 'id' | 'name'>) => {
    await ending.check();
    await night.sessionsOver(out);
    // Once a second: nothing is read for nothing.
    if (canSave() && breakGlasses.onDesk.length > 0) await breakGlasses.check(await operators.sessions());
  };
  const workOrders = openWorkOrders({
    ...{ store, clock, audit, newId },
    moved: installations.paired,
    shown: installations.of,
  });
  const pairingOfUnits = await openUnitPairing({
    ...{ settings, store, clock, log, audit, refusals, newId, failed, workOrders, municipalityKeys, pass },
    ...{ guests, remote, crowd, broker: live, others: [giveRelease(releases)] },
    changed: async () => {
      await reach.refresh();
      await tellDesk();
    },
  });
  const followUp = openFollowUp({ store, travel: (organisation) => travelOf(store.db, sealer, organisation) });
  const months = openMonths({ store, clock, audit, followUp, isTraining });
  const app = stack.use(
    await openApp({
      version,
      log,
      operators,
      apiKeys,
      handlers: apiHandlers({
        clock,
        store,
        operators,
        staff,
        ending: { check: () => over() },
        signedOut: over,
        audit,
        signInRefusals,
        tickets,
        codes,
        passkeys,
        alarms,
        looks,
        openLook,
        joinLook,
        wishMode,
        visits,
        teams,
        rounds,
        night,
        cards: atHomes.cards,
        nightFor: seen.night,
        units,
        unitHours,
        plans,
        municipalityKeys,
        rooms,
        halts,
        consoles,
        keepDays,
        version,
        stocks: openStocks({ store, clock }),
        installations,
        workOrders,
        pairing: pairingOfUnits?.pairing,
        serve,
        rollouts,
        followUp,
        months,
        checklists: openChecklists({ store, clock, newId }),
        training,
        logChecks: openLogChecks({
          ...{ store, clock, newId },
          shifts: (organisation) => shiftsOf(store.db, organisation, clock.now()),
          familyOf: (organisation) => familiesOf(store.db, sealer, organisation),
        }),
        receivers,
        push,
        webhooks,
        apiKeys,
        sealer,
        carePlans,
        homes,
        newId,
        deskFor,
        unitFor: seen.unit,
        agreements: openAgreements({ store, clock, audit, newId }),
        signInSealer,
        breakGlasses,
        computers,
        refusals,
      }),
      tls: on ? on.listen.tls : certificateOf(settings),
      publicOrigin,
      remote,
      crowd,
      consoleFolder: settings.console,
      notWell: saving.probe,
      forbidden: async (who, route, action) => {
        const details = { why: 'not-allowed', action, role: who.role, operator: who.id };
        await refusals.write({ who: who.name, counted: who.id, subject: route, details });
      },
      singleSignOn: openSignInElsewhere({ door, audit, clock, signInRefusals }),
      outOfReach: openOutOfReach({ store, reach, audit, refusals, sessionOf, breakGlasses }),
      mayUse: breakGlasses.mayUse,
      cameFrom: async (who, route, computer) => {
        if (computer !== undefined) await computers.came(who, computer);
        if (!isLocked(who.session) || whileLocked.includes(route)) return undefined;
        const details = { why: 'locked', role: who.role, operator: who.id };
        await refusals.write({ who: who.name, counted: who.id, subject: route, details });
        return locked();
      },
      requestWithin: seconds(settings.requestWithinSeconds),
    }),
  );
  const build = settings.console === undefined ? undefined : consoleBuild(settings.console);
  const beat = seconds(settings.beatSeconds);
  const liveParts = { hub, clock, beat, readDesk, seen: seen.event, canSave, build, failed };
  const admitting = { operators, units, audit, refusals, pass, publicOrigin, isLocked, closeAgain: looks.closeAgain };
  const doors = { ...pairingOfUnits?.entrances, ...entrances({ ...admitting, broker: live, live: liveParts }) };
  stack.use(
    openDoor({
      server: app.server,
      entrances: doors,
      guests,
      remote,
      crowd,
      clock,
      log,
    }),
  );

  figures.gauge('units_connected', 'Units that are connected', () => live.connected);
  figures.gauge('looks_open', 'Looks that pictures may pass for', () => pass.looks);
  figures.gauge('desks', 'Screens that follow the desk live', () => hub.listeners);
  figures.gauge('viewers', 'Screens that a look is on', () => pass.viewers);

  await atHomes.refresh();
  await looks.resume();
  await looks.plan();
  let counting = Promise.resolve();
  const noticed = (what: Noticed) => {
    if (what.type === 'stepped') own.clockSet(what.at, what.by);
    else {
      own.stoodStill(what.at, what.for);
      units.listenAnew();
    }
    void audit
      .write('relay', what.type === 'stepped' ? 'clock-set' : 'stood-still', 'relay', wordsOf(what))
      .catch(failed);
    // Nothing is counted until what waits has been put right, and planned times, which are the wall clock's, taken anew.
    const setRight = what.type === 'stepped' ? looks.clockSet(what.by) : Promise.resolve();
    counting = setRight.then(() => looks.plan()).catch(failed);
  };
  stack.use(keepTime(clock, log.child('time'), noticed));
  const sureNow = openSureNow({ store, audit, clock, agreed: units.agreeOnTime });
  const daily = async () => {
    const sure = await sureNow();
    if (sure.ahead !== undefined) {
      const words = { aheadByDays: Math.round(sure.ahead / days(1)), erasesBy: printInstant(sure.at) };
      log.error(
        'The clock is far ahead of the time that has gone by: nothing is erased by it. See docs/operating.md',
        words,
      );
      own.clockSet(clock.now(), sure.ahead);
    }
    await forgetOld({ store, audit, now: sure.at, keepDays });
    await checkAudit({ audit, keepHead, log });
  };
  for (const one of [alarms, visits, units, looks, night, fallBack])
    stack.use(every(clock, pulse, () => counting.then(() => one.tick()), failed));
  stack.use(every(clock, pulse, receivers.tick, failed));
  stack.use(every(clock, givingOut, () => (canSave() ? rollouts.tick() : Promise.resolve()), failed));
  for (const one of [push, webhooks]) stack.use(every(clock, pulse, () => one.tick(), failed));
  stack.use(every(clock, pulse, () => over(), failed));
  stack.use(await watchOtherWriters({ file: settings.database, db: store.db, clock, changed: () => over(), failed }));
  const seenAndGone = async () => {
    if (!canSave()) return;
    await operators.saveSeen();
    await computers.forget(await operators.sessions());
  };
  stack.use(every(clock, seeing, seenAndGone, failed));
  stack.use(every(clock, planning, () => looks.plan().then(() => night.checkLoad()), failed));
  const care = async () => {
    if (!canSave()) return;
    await carePlans.tick();
    await homes.tick();
    await physical.tick();
    await atHomes.refresh();
  };
  stack.use(every(clock, planning, () => care().then(() => looks.plan()), failed));
  stack.use(every(clock, auditing, () => daily(), failed));
  stack.use(every(clock, sampling, () => (canSave() ? unitHours.tick() : Promise.resolve()), failed));
  stack.use(every(clock, planning, () => (canSave() ? months.tick() : Promise.resolve()), failed));
  stack.use(every(clock, planning, async () => training.tick(await operators.sessions()), failed));

  const unitPort = pairingOfUnits && stack.use(await pairingOfUnits.listen()).port;
  const { host } = on?.listen ?? settings;
  const { port } = await app.listen(host, (on?.listen ?? settings).port);
  // Long logs take a while: alarms are taken meanwhile.
  const checking = daily().catch(failed);
  stack.defer(() => checking);
  const mqttPort =
    settings.mqttPort === undefined
      ? undefined
      : await listenPlain(stack, { broker: live, remote, crowd }, settings.host, settings.mqttPort);
  const metricsPort =
    settings.metricsPort === undefined
      ? undefined
      : stack.use(await listenForFigures(settings.metricsHost, settings.metricsPort, figures.print)).port;
  if (settings.tracesUrl !== undefined) {
    // Loaded by whoever asks for it: nobody else has the library in memory.
    const { openTraces } = await import('./trace/traces.ts');
    stack.use(openTraces({ hub, clock, url: settings.tracesUrl, version }));
  }
  const url = urlOf(on ? on.listen.tls !== undefined : secure, host, port);
  log.info('The relay is open', { version, url, ...(mqttPort !== undefined && { mqttPort }) });
  if (on && further) {
    const admitUnit = unitAdmission(admitting, clock);
    const slow = openSlowDown();
    const core: Core = {
      async knows(unit, token) {
        const by = await credential(unit, token);
        if (by !== undefined) speaks(unit, by);
        return by;
      },
      async wrong(unit, address) {
        slow.count([`${unit} ${address}`], clock.now());
        return slow.wait([`${unit} ${address}`], clock.now());
      },
      receive,
      came(unit, address, by) {
        if (by !== undefined && !speaking.has(unit)) speaks(unit, by);
        cameFrom(unit, address);
      },
      left: () => {},
      listens,
      refused,
      knock: (asking) => (asking.path === sockets.viewer ? admitViewer(admitting, asking) : admitUnit(asking)),
      // Told by the doors: see openFurtherDoors.
      shown: () => {},
      guestIn: () => {},
      guestOut: () => {},
    };
    further.serve(core, { url: settings.nodeUrl ?? url, unitPort });
    stack.defer(() => {
      further.stop();
      on.door.serve(on.elsewhere);
    });
  }
  const closing = stack.move();
  return {
    url,
    port,
    mqttPort,
    metricsPort,
    unitPort,
    renewCertificate() {
      try {
        app.renewCertificate();
        log.info('The certificate has been read again');
      } catch (error) {
        log.error('The certificate cannot be renewed; the old one stays', { words: asFault(error).message });
      }
    },
    notWell: saving.probe,
    async addOperator(operator, password) {
      const added = await addOperator({ audit, operators }, operator, password);
      await reach.refresh();
      return added;
    },
    addOrganisation: (one) => addOrganisation({ store, audit, clock }, one),
    async addUnit(unit) {
      const added = await addUnit({ store, audit, clock }, unit);
      await reach.refresh();
      return added;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

export const certificateOf = ({ tlsCert, tlsKey }: Settings) =>
  tlsCert === undefined ? undefined : { certFile: tlsCert, keyFile: tlsKey ?? '' };

const gatewayOf = ({ fallbackUrl, fallbackSecret }: Settings): Gateway | undefined =>
  fallbackUrl !== undefined && fallbackSecret !== undefined ? { url: fallbackUrl, secret: fallbackSecret } : undefined;

const wordsOf = (what: Noticed): Readonly<Record<string, string>> =>
  what.type === 'stepped'
    ? { bySeconds: String(Math.round(what.by / 1000)) }
    : { seconds: String(Math.round(what.for / 1000)) };

interface Auditing {
  readonly audit: Audit;
  readonly keepHead: KeepHead;
  readonly log: Logger;
}

async function checkAudit({ audit, keepHead, log }: Auditing): Promise<void> {
  const checked = await audit.checkWhole();
  // Written to the log of the machine, and signed where that is asked for, the head shows later whether the end was cut off.
  await keepHead(checked);
  if (checked.type === 'whole') log.info('The audit log is whole', { lines: checked.lines, head: checked.head });
  else log.error('The audit log is broken', { at: checked.at, why: checked.why });
}

/** Units speak plain MQTT over TCP there. @returns the port */
export async function listenPlain(
  stack: AsyncDisposableStack,
  { broker, remote, crowd }: { readonly broker: Broker; readonly remote: Remote; readonly crowd: Crowd },
  host: string,
  port: number,
): Promise<number> {
  const server = createServer((connection) => {
    const address = plain(connection.remoteAddress);
    // A proxy that only passes bytes on says of nobody where they come from.
    crowd.came(connection, remote.trusts(connection.remoteAddress) ? undefined : address);
    broker.attach(wireOf(connection), address, (credential) => crowd.shown(connection, credential));
  });
  const listening = await listenOn(server, host, port, 'MQTT');
  // Its connections are the broker's, which closes them after this.
  stack.defer(() => void server.close());
  return listening;
}
