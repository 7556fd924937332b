/**
 * Rings devices by Web Push: kept in the transaction of the alarm, sent after it, tried again until it is too late to help. It is a
 * second way: the live stream tells the same alarm, and what push cannot reach is shown there.
 */

import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Subscription } from '@nattfrid/shared/desk/push-routes';
import type { ForgottenDevice, PushDevice, PushMessage, PushReach } from '@nattfrid/shared/desk/push-view';
import type { Role } from '@nattfrid/shared/desk/role';
import { isForTeams } from '@nattfrid/shared/desk/told-to';
import type { AlarmId, TeamId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Present } from '../operators/operators.ts';
import { deliveryMachine, isDue, type Ladder } from '../outgoing/delivery.ts';
import type { Sealer } from '../outgoing/sealer.ts';
import type { Send, Sent } from '../outgoing/send.ts';
import { openUnderWay } from '../outgoing/under-way.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import {
  addRing,
  allDevices,
  type DeviceRow,
  deleteDevice,
  deviceAt,
  devicesOf,
  devicesToRing,
  deviceToRing,
  dropRings,
  forgetDevice,
  forgottenOf,
  forgottenSeen,
  markDevice,
  type Ring,
  type RungDevice,
  ringsOf,
  ringsThatWait,
  saveDevice,
  saveRing,
  saveVapidKey,
  setTellsAlias,
  tellsAlias,
  vapidKey,
} from '../store/push-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import { pushOutcome } from './outcome.ts';
import { pushPosting } from './posting.ts';
import { reachOf } from './reach.ts';
import { makeVapidKey, type VapidKey } from './vapid.ts';

export interface Push extends AsyncDisposable {
  readonly publicKey: string;
  mine(
    who: Present,
  ): Promise<{ readonly devices: readonly PushDevice[]; readonly forgotten: readonly ForgottenDevice[] }>;
  turnOn(who: Present, asked: TurnOn): Promise<PushDevice | Fault>;
  turnOff(who: Present, device: string): Promise<Fault | undefined>;
  /** @returns undefined where its push service has taken it, or why not in words */
  try(who: Present, device: string): Promise<Fault | { readonly taken: boolean; readonly words?: string }>;
  seen(who: Present, device: string): Promise<void>;
  tellsAlias(organisation: string): Promise<boolean>;
  setTellsAlias(who: Present, tells: boolean): Promise<void>;
  /** Whether alarms ring the devices of this role. */
  rings(role: Role): boolean;
  onDesk(db: Db, alarms: readonly AlarmView[]): Promise<readonly PushReach[]>;
  /** Sends what is due. */
  tick(): Promise<void>;
}

interface TurnOn {
  readonly subscription: Subscription;
  readonly label: string;
  readonly language: 'sv' | 'en';
}

/** An alarm that nobody has taken by then has long been a visit: a telephone that is found again an hour later must not ring for it. */
const useful = minutes(15);
const ladder: Ladder = {
  waits: [seconds(3), seconds(5), seconds(10), seconds(20), seconds(60)],
  lasts: useful,
};
const machine = deliveryMachine(ladder);
/** A person has a telephone, a tablet, a desk; each beyond so many is one that was lost. */
const mostDevices = 10;
const atOnce = 40;

export async function openPush(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly audit: Audit;
  readonly send: Send;
  readonly sealer: Sealer;
  readonly newId: () => string;
  /** Uniform in [0, 1). */
  readonly chance: () => number;
  /** Who answers for this relay: https: or mailto:. */
  readonly contact: string;
  /** Whether alarms ring this role's devices. */
  readonly rings: (role: Role) => boolean;
  /** The teams that somebody is in now: whose telephone rings follows the steps of the alarm's chain. */
  readonly teamsOf: (operator: string) => readonly { readonly team: TeamId }[];
  readonly canSave: () => boolean;
  readonly failed: (error: unknown) => void;
}): Promise<Push> {
  const { store, clock, hub, audit, send, newId, chance, contact, rings, canSave, failed } = parts;
  const key = await ownKey(parts);
  const underWay = openUnderWay(atOnce, failed);
  // As the sign-in library counts sessions.
  const systemNow = () => systemClock.now();
  let ticking = false;

  async function record(tx: Tx, event: LiveEvent): Promise<void> {
    if (event.type !== 'alarm') return;
    const { alarm } = event;
    if (alarm.state !== 'raised' || alarm.quiet) return dropRings(tx.db, alarm.alarm);
    const organisation = (await findUnit(tx.db, alarm.unit))?.organisation;
    if (organisation === undefined) return;
    const devices = (await devicesToRing(tx.db, organisation, systemNow())).filter(
      (device) => mayRing(device) && isToldTo(alarm, device),
    );
    let some = false;
    for (const { device } of devices) some = (await addRing(tx.db, ringFor(device, organisation, alarm))) || some;
    if (some) tx.after(() => void tick().catch(failed));
  }
  const mayRing = ({ role }: RungDevice) => rings(role as Role);
  // A step in which nobody is is over at once, so that there is somebody whom it rings.
  const isToldTo = (alarm: AlarmView, { operator }: RungDevice) =>
    isForTeams(
      alarm,
      parts.teamsOf(operator).map(({ team }) => team),
    );

  function ringFor(device: string, organisation: string, alarm: AlarmView): Ring {
    const { kind, client, overdue } = alarm;
    const [now, which] = [clock.now(), overdue ? 'overdue' : 'raised'];
    // One that has begun again was received at another time; one that nothing came of is told again. Both are rung for again.
    const again = alarm.chain?.again ? ` ${alarm.chain.again}` : '';
    const id = `${device} ${alarm.alarm} ${parseInstant(alarm.receivedAt)}${again} ${which}`;
    const waits = { attempts: 0, madeAt: now, nextAt: now, state: 'waiting' } as const;
    return { id, device, alarm: alarm.alarm, organisation, client, kind, overdue, ...waits };
  }

  async function post(device: DeviceRow, message: PushMessage, signal: AbortSignal): Promise<Sent | Fault> {
    const from = { key, contact, now: clock.now(), lasts: useful };
    return send.post(await pushPosting(device.subscription, message, from), signal);
  }

  async function ring(one: Ring, signal: AbortSignal): Promise<void> {
    const device = await deviceToRing(store.db, one.device, systemNow());
    if (!device || !mayRing(device)) return settle({ ...one, state: 'dropped' });
    const message: PushMessage = {
      type: 'alarm',
      language: device.language,
      alarm: one.alarm,
      kind: one.kind,
      ...(one.overdue && { overdue: true }),
      ...((await tellsAlias(store.db, one.organisation)) && { client: one.client }),
    };
    const answer = await post(device, message, signal);
    if (signal.aborted) return;
    const at = clock.now();
    const before = { name: 'waiting', madeAt: one.madeAt, attempts: one.attempts, nextAt: one.nextAt } as const;
    const [next, effects] = machine.step(before, {
      type: 'tried',
      at,
      outcome: pushOutcome(answer, at),
      chance: chance(),
    });
    const { attempts, nextAt } = next.name === 'waiting' ? next : one;
    const tried = next.name === 'waiting' ? attempts : attempts + 1;
    await settle({ ...one, state: next.name, attempts: tried, nextAt }, async (tx) => {
      for (const { what } of effects) {
        if (what === 'delivered') await markDevice(tx.db, one.device, { deliveredAt: at });
        else if (what === 'gone') await forget(tx, device, 'gone');
        else await markDevice(tx.db, one.device, { failingSince: at });
      }
    });
  }

  async function settle(next: Ring, also: (tx: Tx) => Promise<void> = async () => {}): Promise<void> {
    await store.write(async (tx) => {
      await saveRing(tx.db, next);
      await also(tx);
      const reach = reachOf(await ringsOf(tx.db, [next.alarm]));
      if (reach) tx.after(() => hub.tell({ type: 'push', push: reach }));
    });
  }

  async function forget(tx: Tx, row: DeviceRow, why: ForgottenDevice['why']): Promise<void> {
    await audit.append(tx, 'relay', 'push-device-forgotten', row.device, { of: row.operator, label: row.label, why });
    await forgetDevice(tx.db, row, why, clock.now());
  }

  async function tick(): Promise<void> {
    // Tried where it cannot be saved that it was, it would be tried for ever.
    if (ticking || !canSave()) return;
    ticking = true;
    try {
      const now = clock.now();
      for (const one of await ringsThatWait(store.db))
        if (isDue(one, now, ladder)) underWay.begin(one.id, (signal) => ring(one, signal));
    } finally {
      ticking = false;
    }
  }

  const viewOf = (row: DeviceRow, { session }: Present, signedIn: boolean): PushDevice => ({
    device: row.device,
    label: row.label,
    since: printInstant(row.since),
    signedIn,
    own: row.session === session,
    ...(row.deliveredAt !== undefined && { deliveredAt: printInstant(row.deliveredAt) }),
    ...(row.failingSince !== undefined && { failingSince: printInstant(row.failingSince) }),
  });
  const ownDevice = async ({ id }: Present, device: string) =>
    (await devicesOf(store.db, id)).find((one) => one.device === device);
  const noDevice = () => new Fault('not-found', 'This device is not rung any more.');

  hub.recordBy(record);
  return {
    publicKey: key.publicKey,
    rings,
    async mine(who) {
      const rows = await devicesOf(store.db, who.id);
      const devices = await Promise.all(
        rows.map(async (row) =>
          viewOf(row, who, (await deviceToRing(store.db, row.device, systemNow())) !== undefined),
        ),
      );
      return { devices, forgotten: await forgottenOf(store.db, who.id) };
    },
    async turnOn(who, { subscription, label, language }) {
      const wrong = send.wrong(subscription.endpoint);
      if (wrong) return wrong;
      return store.write(async (tx) => {
        const known = await deviceAt(tx.db, subscription.endpoint);
        const own = known?.operator === who.id ? known : undefined;
        if (!own && (await devicesOf(tx.db, who.id)).length >= mostDevices)
          return new Fault('not-now', `You have ${mostDevices} devices already. Turn one of them off first.`);
        const device = own?.device ?? newId();
        const { id: operator, session, organisation } = who;
        const rest = { since: own?.since ?? clock.now(), deliveredAt: own?.deliveredAt, failingSince: undefined };
        const row = { device, operator, session, organisation, subscription, label, language, ...rest };
        if (!own) await audit.append(tx, who.name, 'push-turned-on', device, { label, operator });
        await saveDevice(tx.db, row);
        return viewOf(row, who, true);
      });
    },
    async turnOff(who, device) {
      const row = await ownDevice(who, device);
      if (!row) return noDevice();
      await store.write(async (tx) => {
        await audit.append(tx, who.name, 'push-turned-off', device, { label: row.label, operator: who.id });
        await deleteDevice(tx.db, device);
      });
      return undefined;
    },
    async try(who, device) {
      const row = await ownDevice(who, device);
      if (!row) return noDevice();
      const answer = await post(row, { type: 'trial', language: row.language }, new AbortController().signal);
      const at = clock.now();
      const { type } = pushOutcome(answer, at);
      await store.write(async (tx) => {
        if (type === 'gone') await forget(tx, row, 'gone');
        else await markDevice(tx.db, device, type === 'taken' ? { deliveredAt: at } : { failingSince: at });
      });
      if (type === 'taken') return { taken: true };
      return {
        taken: false,
        words: answer instanceof Fault ? answer.message : `The push service answered ${answer.status}.`,
      };
    },
    seen: (who, device) => store.write(({ db }) => forgottenSeen(db, who.id, device)),
    tellsAlias: (organisation) => tellsAlias(store.db, organisation),
    setTellsAlias: (who, tells) =>
      store.write(async (tx) => {
        const details = { tellAlias: String(tells), operator: who.id };
        await audit.append(tx, who.name, 'push-setting-changed', who.organisation, details);
        await setTellsAlias(tx.db, who.organisation, tells);
      }),
    async onDesk(db, alarms) {
      const rings = Map.groupBy(
        await ringsOf(
          db,
          alarms.map(({ alarm }) => alarm as AlarmId),
        ),
        ({ alarm }) => alarm,
      );
      return [...rings.values()].flatMap((some) => reachOf(some) ?? []);
    },
    tick,
    [Symbol.asyncDispose]: () => underWay[Symbol.asyncDispose](),
  };
}

/** Made at the first start. One that this relay cannot open is made anew: every device must be turned on again, and its owner is told. */
async function ownKey(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sealer: Sealer;
}): Promise<VapidKey> {
  const { store, clock, audit, sealer } = parts;
  const kept = await vapidKey(store.db);
  const privateKey = kept && sealer.open(kept.sealed);
  if (kept && privateKey !== undefined) return { publicKey: kept.publicKey, privateKey };
  const made = makeVapidKey();
  await store.write(async (tx) => {
    await saveVapidKey(tx.db, made.publicKey, sealer.seal(made.privateKey), clock.now());
    for (const row of await allDevices(tx.db)) {
      const details = { of: row.operator, label: row.label, why: 'keys-renewed' };
      await audit.append(tx, 'relay', 'push-device-forgotten', row.device, details);
      await forgetDevice(tx.db, row, 'keys-renewed', clock.now());
    }
  });
  return made;
}
