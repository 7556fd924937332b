/** All receivers: set up, tested, taken away; their deliveries, and what a person here is told when one does not answer. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ReceiverView } from '@nattfrid/shared/desk/receiver-view';
import type { Answered, Asked } from '@nattfrid/shared/desk/routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { Store } from '../store/database.ts';
import { dropFromOutbox } from '../store/scaip-outbox-table.ts';
import {
  allReceivers,
  deleteReceiver,
  findReceiver,
  type Receiver,
  saveReceiver,
} from '../store/scaip-receivers-table.ts';
import { openCentre } from './centre.ts';
import { type Deliveries, openDeliveries } from './deliver.ts';
import type { DeliveryTerms } from './delivery.ts';
import { openFailing } from './failing.ts';
import { isAlarm } from './mapping.ts';
import { receiverView } from './receiver-view.ts';
import type { PasswordSealer } from './sealer.ts';
import type { FindPlaces } from './sip/find.ts';

interface By {
  readonly id: string;
  readonly name: string;
  readonly organisation: Organisation;
}

export interface Receivers extends AsyncDisposable {
  all(organisation: Organisation): Promise<readonly ReceiverView[]>;
  save(by: By, asked: Asked<'saveReceiver'>): Promise<ReceiverView | Fault>;
  remove(by: By, receiver: string): Promise<Fault | undefined>;
  test(by: By, receiver: string): Promise<Answered<'testReceiver'> | Fault>;
  /** Something new lies in the outbox. */
  wake(): void;
  /** Goes on with what was not taken, and sends heartbeats. */
  tick(): Promise<void>;
}

/** Receivers of one organisation: enough for any, and few enough to look at each for every alarm. */
const most = 20;

export async function openReceivers(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit: Audit;
  readonly alarms: Pick<Alarms, 'report'>;
  readonly sealer: PasswordSealer;
  readonly find: FindPlaces;
  readonly patience: Pick<DeliveryTerms, 'next' | 'round'>;
  readonly canSave: () => boolean;
  /** Fresh UUIDs. */
  readonly newId: () => string;
  /** Which receivers do not answer, for every console. */
  readonly tellSilent: (
    silent: readonly { readonly name: string; readonly organisation: Organisation; readonly since: Instant }[],
  ) => void;
  readonly failed: (error: unknown) => void;
}): Promise<Receivers> {
  const { store, clock, log, audit, sealer, newId, failed } = parts;
  const open = new Map<string, Deliveries>();
  const newRef = () => newId().replaceAll('-', '').slice(0, 16);
  const failing = openFailing(parts);
  const viewOf = (row: Receiver) => receiverView(store.db, row);

  function start({ receiver, settings, password }: Receiver): void {
    const opened = password === undefined ? undefined : sealer.open(password, receiver);
    if (opened instanceof Fault)
      log.error('The password of a receiver cannot be read', { receiver, words: opened.message });
    const login = settings.user && typeof opened === 'string' ? { user: settings.user, password: opened } : undefined;
    const centre = openCentre({
      settings,
      login,
      clock,
      find: parts.find,
      newName: () => newId().replaceAll('-', ''),
      answered: (way, answer) => open.get(receiver)?.answered(way, answer),
    });
    open.set(
      receiver,
      openDeliveries({
        ...parts,
        receiver,
        settings,
        centre,
        newRef,
        taken: (tx) => failing.taken(tx, receiver),
        async refused(tx, row, answer) {
          if (isAlarm(settings, row.event)) await failing.refused(tx, row, answer.status);
        },
        nobodyTakes: (row, why) =>
          failing.nobodyTakes(receiver, row && isAlarm(settings, row.event) ? row : undefined, why),
      }),
    );
  }

  async function stop(receiver: string): Promise<void> {
    const known = open.get(receiver);
    open.delete(receiver);
    await known?.[Symbol.asyncDispose]();
  }

  const ofOrganisation = async (organisation: Organisation, receiver: string) => {
    const known = await findReceiver(store.db, receiver);
    return known?.organisation === organisation ? known : new Fault('not-found', 'There is no such receiver.');
  };

  for (const receiver of await allReceivers(store.db)) start(receiver);
  await failing.told();

  let ticking: Promise<void> | undefined;
  const tick = async () => {
    for (const deliveries of [...open.values()]) await deliveries.tick();
  };
  /** One after another; what comes meanwhile is seen by the next. */
  let again = false;
  function wake(): void {
    if (ticking) {
      again = true;
      return;
    }
    ticking = tick()
      .catch(failed)
      .finally(() => {
        ticking = undefined;
        if (!again) return;
        again = false;
        wake();
      });
  }

  // What was not taken before a restart.
  wake();
  return {
    all: async (organisation) => Promise.all((await allReceivers(store.db, organisation)).map(viewOf)),
    async save(by, { receiver = newId(), settings, password }) {
      const { organisation } = by;
      const rows = await allReceivers(store.db, organisation);
      const before = rows.find((row) => row.receiver === receiver);
      if (!before && (await findReceiver(store.db, receiver)))
        return new Fault('not-found', 'There is no such receiver.');
      if (!before && rows.length >= most)
        return new Fault('not-now', `At most ${most} receivers: take one away first.`);
      const sealed = password === undefined ? before?.password : sealer.seal(password, receiver);
      if (sealed instanceof Fault) return sealed;
      await audit.write(by.name, 'receiver-saved', receiver, {
        name: settings.name,
        primary: settings.primary,
        ...(settings.secondary && { secondary: settings.secondary }),
        operator: by.id,
      });
      const next: Receiver = {
        ...(before ?? { receiver, organisation, addedAt: clock.now() }),
        settings,
        ...(sealed !== undefined && { password: sealed }),
      };
      await store.write((tx) => saveReceiver(tx.db, next));
      await stop(receiver);
      start(next);
      wake();
      return viewOf(next);
    },
    async remove(by, receiver) {
      const known = await ofOrganisation(by.organisation, receiver);
      if (known instanceof Fault) return known;
      await audit.write(by.name, 'receiver-removed', receiver, { name: known.settings.name, operator: by.id });
      await stop(receiver);
      await store.write(async (tx) => {
        await dropFromOutbox(tx.db, receiver, clock.now());
        if (known.failing?.alarm) await failing.over(tx, known.failing.alarm);
        await deleteReceiver(tx.db, receiver);
      });
      await failing.told();
      return undefined;
    },
    async test(by, receiver) {
      const known = await ofOrganisation(by.organisation, receiver);
      if (known instanceof Fault) return known;
      await audit.write(by.name, 'receiver-tested', receiver, { name: known.settings.name, operator: by.id });
      const deliveries = open.get(receiver);
      if (!deliveries) return new Fault('not-found', 'There is no such receiver.');
      const outcome = await deliveries.try('test-primary');
      switch (outcome.type) {
        case 'taken':
          return { outcome: 'taken', by: outcome.by, words: '' };
        case 'refused':
          return { outcome: 'refused', words: `${outcome.answer.status} ${outcome.answer.words}`.trim() };
        case 'no-answer':
          return { outcome: 'no-answer', words: outcome.why.slice(0, 300) };
      }
    },
    wake,
    async tick() {
      wake();
      await ticking;
    },
    async [Symbol.asyncDispose]() {
      again = false;
      await ticking;
      for (const receiver of [...open.keys()]) await stop(receiver);
    },
  };
}
