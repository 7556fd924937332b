/** Work orders with their records, and tickets of pairing, name homes and people: they are forgotten after their days, what is open never. */
import { randomUUID } from 'node:crypto';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { forgetOld } from '@nattfrid/relay/forget/forget-old';
import { installationMachine } from '@nattfrid/relay/record/installation';
import type { OrderFacts } from '@nattfrid/relay/record/work-order';
import { openStore } from '@nattfrid/relay/store/database';
import { findInstallation, saveInstallation } from '@nattfrid/relay/store/installations-table';
import { findTicket, insertTicket, saveWorkOrder, workOrdersOf } from '@nattfrid/relay/store/work-orders-table';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { days } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';
import { openSite } from '../../support/relay-under-test.ts';

const began = instant(Date.parse('2026-11-30T09:00:00Z'));
const on = (day: number) => after(began, days(day));
const by = { id: 'tove', name: 'Tove' };

it('are forgotten 400 days after they were over, and a ticket with the sessions', async () => {
  await using site = await openSite({ clock: movedClock(began) });
  await using store = await openStore(site.database);
  const audit = openAudit(store, movedClock(began));
  const unit = 'e-aaaaaaaa' as UnitId;
  const home = (client: string): { readonly facts: OrderFacts } => ({
    facts: {
      ...{ order: randomUUID(), organisation: 'testby', client: client as ClientAlias, place: 'Sovrum' },
      ...{ kind: 'install', madeAt: printInstant(began), madeBy: by },
    },
  });
  const paired = { unit, at: printInstant(began), by, came: true };
  const [done, calledOff, open, halfDone] = [home('Klar'), home('Avbruten'), home('Öppen'), home('Halvvägs')];
  const ticket = randomUUID();
  await store.write(async ({ db }) => {
    await saveWorkOrder(db, { ...done, state: 'done', paired, done: { at: printInstant(on(10)), by } });
    await saveWorkOrder(db, { ...calledOff, state: 'called-off', calledOff: { at: printInstant(on(1)), by } });
    await saveWorkOrder(db, { ...open, state: 'open' });
    await saveWorkOrder(db, { ...halfDone, state: 'paired', paired });
    for (const { facts } of [done, halfDone]) {
      const about = { ...facts, unit, pairedAt: began, pairedBy: 'Tove' };
      const [one] = installationMachine.step(installationMachine.initial, { type: 'paired', facts: about });
      if (one.state !== 'none') await saveInstallation(db, one);
    }
    await insertTicket(db, {
      ...{ ticket, order: done.facts.order, unit, organisation: 'testby', operator: 'tove', session: 's' },
      madeAt: began,
      state: 'paired',
      body: { publicKey: 'k', nonce: 'n', planKey: 'p', client: 'Klar', place: 'Sovrum', by: 'secret' },
    });
  });
  const left = async (day: number) => {
    await forgetOld({
      ...{ store, audit, now: on(day) },
      keepDays: { received: 90, done: 400, clients: 90, sessions: 7 },
    });
    const { db } = store;
    const orders = (await workOrdersOf(db, 'testby')).map(({ facts }) => facts.client);
    const records = [];
    for (const { facts } of [done, halfDone]) if (await findInstallation(db, facts.order)) records.push(facts.client);
    return { orders: orders.toSorted(), records, ticket: (await findTicket(db, ticket)) !== undefined };
  };
  const all = ['Avbruten', 'Halvvägs', 'Klar', 'Öppen'];
  const records = ['Klar', 'Halvvägs'];
  expect(await left(6)).toEqual({ orders: all, records, ticket: true });
  expect(await left(8)).toEqual({ orders: all, records, ticket: false });
  expect(await left(402)).toEqual({ orders: ['Halvvägs', 'Klar', 'Öppen'], records, ticket: false });
  expect(await left(411)).toEqual({ orders: ['Halvvägs', 'Öppen'], records: ['Halvvägs'], ticket: false });
  const told = await store.db.selectFrom('audit').select('details').where('what', '=', 'old-forgotten').execute();
  expect(told.map(({ details }) => JSON.parse(details))).toEqual([
    { tickets: '1' },
    { workOrders: '1' },
    { workOrders: '1', installations: '1' },
  ]);
});
