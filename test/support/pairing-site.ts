/** A relay with an authority for units, a technician with a work order, and units in stock: each may be paired. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabelFacts, labelOf } from '@nattfrid/agent/pairing/label-command';
import { waitToBePaired } from '@nattfrid/agent/pairing/wait-to-be-paired';
import { type Database, openDatabase } from '@nattfrid/agent/store/database';
import { type Identity, unitIdentity } from '@nattfrid/agent/store/identity';
import type { Paired } from '@nattfrid/agent/store/pairing-table';
import { databaseFile } from '@nattfrid/agent/store/unit-key';
import type { Power } from '@nattfrid/agent/trust/power';
import { makeAuthorityFile } from '@nattfrid/relay/unit-authority/authority-file';
import type { PairingView } from '@nattfrid/shared/desk/work-order-view';
import { silent } from '@nattfrid/shared/log/logger';
import { doorKeyOf, readLabel, unitKeyOfCode, unitKeyOfLabel } from '@nattfrid/shared/seal/label';
import { authenticateTerms, isUnitOfLabel } from '@nattfrid/shared/seal/pairing-terms';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { vi } from 'vitest';
import type { Person } from './person.ts';
import { openSite, type Site, type SiteOptions } from './relay-under-test.ts';

export interface PairingSite extends AsyncDisposable {
  readonly site: Site;
  readonly coordinator: Person;
  readonly technician: Person;
  /** A unit with a disk of its own, in stock, not dialling yet. */
  unit(options?: UnitOptions): Promise<TestUnit>;
  /** @returns its id */
  order(client?: string, more?: object): Promise<string>;
}

export interface UnitOptions {
  readonly isInStock?: boolean;
  readonly power?: Power;
  readonly clock?: Clock;
}

export interface TestUnit extends AsyncDisposable {
  readonly data: string;
  readonly label: LabelFacts;
  readonly identity: Identity;
  readonly database: Database;
  /** Dials out. @param disk another one than the unit's first, which was closed. @returns what it was paired with, once it has been */
  dial(disk?: Database): { readonly paired: Promise<Paired | undefined>; stop(): Promise<void> };
}

export async function openPairingSite({ settings = {}, ...options }: SiteOptions = {}): Promise<PairingSite> {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-pairing-'));
  const unitAuthority = join(folder, 'units.pem');
  await makeAuthorityFile(unitAuthority);
  const names = { unitAuthority, unitPort: 0, unitNames: ['127.0.0.1'] };
  const site = await openSite({ ...options, settings: { ...names, ...settings } });
  const coordinator = await site.person('Karin', 'coordinator');
  const technician = await site.person('Tekla', 'installer');
  const units: TestUnit[] = [];
  return {
    site,
    coordinator,
    technician,
    async unit({ isInStock = true, power = fresh(), clock = options.clock ?? systemClock } = {}) {
      const data = join(folder, randomUUID());
      const label = await labelOf(data, site.relay.url);
      const database = openDatabase(databaseFile(data));
      const identity = await unitIdentity(database);
      if (isInStock) await addToStock(coordinator, label);
      const one: TestUnit = {
        ...{ data, label, identity, database },
        dial(disk = database) {
          const stop = new AbortController();
          const around = { version: '0.1.0', clock, random: () => 0, log: silent };
          const parts = { relay: site.relay.url, database: disk, identity, power, ...around };
          const paired = waitToBePaired(parts, stop.signal);
          return {
            paired,
            async stop() {
              stop.abort();
              await paired;
            },
          };
        },
        async [Symbol.asyncDispose]() {
          database[Symbol.dispose]();
        },
      };
      units.push(one);
      return one;
    },
    async order(client = `Hem ${randomUUID().slice(0, 8)}`, more = {}) {
      const { orders } = await coordinator.call(
        'addWorkOrder',
        {},
        { kind: 'install', client, place: 'Sovrum', ...more },
      );
      // Of a clock that stands still none is the newest.
      return orders.find((one) => one.client === client)!.order;
    },
    async [Symbol.asyncDispose]() {
      for (const one of units) await one[Symbol.asyncDispose]();
      await site[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const fresh = (boot = 'first', since = 20): Power => ({ since: () => seconds(since), boot });

export const addToStock = (
  { call }: Person,
  { unit, publicKey, doorHash }: Pick<LabelFacts, 'publicKey' | 'doorHash'> & { readonly unit: string },
) =>
  call(
    'addLabels',
    {},
    {
      location: 'Förrådet',
      labels: [{ unit, publicKey, doorHash, article: { number: '4711', individual: unit, authority: 'SoL' } }],
    },
  );

/** As `confirmByLabel`, until the unit has answered. */
export async function pairByLabel(
  technician: Person,
  order: string,
  address: string,
  changed?: (view: PairingView) => PairingView,
): Promise<PairingView> {
  return settled(technician.call, await confirmByLabel(technician, order, address, changed));
}

/**
 * What the console does with a label: asks for a ticket, compares, authenticates.
 * @param changed what a relay that lies would name @returns the ticket
 */
export async function confirmByLabel(
  { call }: Person,
  order: string,
  address: string,
  changed: (view: PairingView) => PairingView = (view) => view,
): Promise<string> {
  const label = readLabel(address)!;
  const view = changed(await beginWhenHere(call, order, { unit: label.unit, doorKey: await doorKeyOf(label) }));
  if (!isUnitOfLabel(label, view)) throw new Error('the relay names another unit than the label');
  const mac = await authenticateTerms(view, await unitKeyOfLabel(label));
  await call('confirmPairing', { ticket: view.ticket }, { mac });
  return view.ticket;
}

export async function pairByCode({ call }: Person, order: string, unit: string, code: string): Promise<PairingView> {
  const view = await beginWhenHere(call, order, { unit });
  const mac = await authenticateTerms(view, await unitKeyOfCode(code, view.unit, view.publicKey));
  await call('confirmPairing', { ticket: view.ticket }, { mac });
  return settled(call, view.ticket);
}

/** Its socket may still be opening. */
export async function beginWhenHere(call: Person['call'], order: string, body: object): Promise<PairingView> {
  for (let turn = 0; ; turn++)
    try {
      return await call('beginPairing', { order }, body);
    } catch (error) {
      if (turn === 250 || (error as { code?: string }).code !== 'unit-unreachable') throw error;
      await systemClock.sleep(milliseconds(20));
    }
}

export const settled = (call: Person['call'], ticket: string): Promise<PairingView> =>
  vi.waitFor(
    async () => {
      const view = await call('pairing', { ticket });
      if (view.state.startsWith('waits')) throw new Error(`still ${view.state}`);
      return view;
    },
    { timeout: 8000, interval: 20 },
  );
