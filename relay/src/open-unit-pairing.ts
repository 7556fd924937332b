/** Builds what pairs units and lets them in by their certificates, out of the relay's parts; undefined where it has no authority for units. */
import { firstOrganisation } from '@nattfrid/shared/desk/organisation';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { Audit } from './audit/audit.ts';
import type { Refusals } from './audit/refusals.ts';
import type { Settings } from './config/schema.ts';
import type { Broker } from './mqtt/broker.ts';
import { openPairing, type Pairing } from './pairing/pairing.ts';
import { openWaitingUnits, type WaitingUnits } from './pairing/waiting-units.ts';
import type { WorkOrders } from './pairing/work-orders.ts';
import type { Pass } from './pass/pass.ts';
import type { MunicipalityKeys } from './plans/municipality-keys.ts';
import type { Crowd } from './socket/crowd.ts';
import type { Entrance } from './socket/door.ts';
import type { Guests } from './socket/guests.ts';
import type { Remote } from './socket/remote.ts';
import type { Store } from './store/database.ts';
import { readAuthorityFile } from './unit-authority/authority-file.ts';
import { judgeCertificate, type Shown } from './unit-authority/judge.ts';
import { listenForUnits } from './unit-authority/listen-for-units.ts';
import { openRenewing } from './unit-authority/renew.ts';
import { unitEntrances } from './unit-authority/unit-entrances.ts';

interface UnitPairing {
  readonly pairing: Pairing;
  /** On the main port: for units that have no certificate yet. */
  readonly entrances: Readonly<Record<string, Entrance>>;
  /** Units that were paired come in from then on. */
  listen(): ReturnType<typeof listenForUnits>;
}

/** @throws Fault where the authority cannot be read */
export async function openUnitPairing(parts: {
  readonly settings: Settings;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit: Audit;
  readonly refusals: Refusals;
  readonly newId: () => string;
  readonly failed: (error: unknown) => void;
  readonly workOrders: WorkOrders;
  readonly municipalityKeys: MunicipalityKeys;
  readonly pass: Pass;
  readonly guests: Guests;
  readonly remote: Remote;
  readonly crowd: Crowd;
  readonly broker: Broker;
  readonly changed: () => Promise<void>;
  /** What else they may fetch there. */
  readonly others: Parameters<typeof listenForUnits>[0]['others'];
}): Promise<UnitPairing | undefined> {
  const { settings, store, clock, log, audit, refusals, municipalityKeys, broker, pass } = parts;
  if (settings.unitAuthority === undefined) return undefined;
  const authority = await readAuthorityFile(settings.unitAuthority);
  const listening: { port?: number } = {};
  const around: { waiting?: WaitingUnits } = {};
  const unitOrigin = () => {
    const [name = 'localhost'] = settings.unitNames;
    const port = settings.unitPublicPort ?? listening.port ?? settings.unitPort;
    return `https://${name.includes(':') ? `[${name}]` : name}${port === 443 ? '' : `:${port}`}`;
  };
  const pairing = openPairing({
    ...{ store, clock, log, audit, refusals, authority, unitOrigin, newId: parts.newId, changed: parts.changed },
    orders: parts.workOrders,
    waiting: () => around.waiting ?? { get: () => undefined },
    planKey(organisation) {
      const all = municipalityKeys.all();
      // Of a relay with one municipality the settings may call it by any name.
      const only = organisation === firstOrganisation && all.size === 1 ? [...all.values()][0] : undefined;
      return all.get(organisation) ?? only;
    },
  });
  const { heard } = pairing;
  const left: Parameters<typeof openWaitingUnits>[0]['left'] = (from) => void pairing.left(from).catch(parts.failed);
  const waiting = openWaitingUnits({ clock, log, refusals, heard, left });
  around.waiting = waiting;
  const judge = (shown: Shown) => judgeCertificate(shown, { authority, db: store.db, now: clock.now() });
  return {
    pairing,
    entrances: { [sockets.pairing]: waiting.entrance },
    async listen() {
      const listener = await listenForUnits({
        ...{ host: settings.unitHost, port: settings.unitPort, names: settings.unitNames },
        ...{ authority, judge, refusals, clock, log, others: parts.others },
        ...{ guests: parts.guests, remote: parts.remote, crowd: parts.crowd },
        renew: openRenewing({ store, clock, audit, authority }),
        entrances: unitEntrances({
          ...{ judge, pass, refusals, came: pairing.came },
          attach: (socket, address, shows, { unit, credential }) =>
            broker.attach(socket.wire(), address, shows, { unit, credential }),
        }),
      });
      listening.port = listener.port;
      return listener;
    },
  };
}
