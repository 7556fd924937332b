/** Who pairs a unit, and with what: what is missing, old, somebody else's or swapped pairs nothing, and stands in the log. */
import { doorKeyOf, readLabel, unitKeyOfLabel } from '@nattfrid/shared/seal/label';
import { authenticateTerms } from '@nattfrid/shared/seal/pairing-terms';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginWhenHere,
  fresh,
  openPairingSite,
  type PairingSite,
  pairByCode,
  pairByLabel,
  settled,
  type TestUnit,
} from '../../support/pairing-site.ts';
import { signIn } from '../../support/person.ts';

let place: PairingSite;
beforeAll(async () => {
  place = await openPairingSite();
});
afterAll(() => place[Symbol.asyncDispose]());

const begun = async (address: string) => {
  const label = readLabel(address)!;
  return { unit: label.unit, doorKey: await doorKeyOf(label) };
};
const lines = async (what: string) => (await place.coordinator.call('audit', { what })).lines;

it('labels come into stock all of them, or none', async () => {
  const known = await place.unit();
  const fresh = { doorHash: 'h'.repeat(43), article: { number: '4711', individual: 'i-1', authority: 'SoL' } } as const;
  const labels = [
    { ...fresh, unit: 'e-halfhalf' as never, publicKey: 'p'.repeat(43) },
    { ...fresh, unit: known.label.unit as never, publicKey: 'q'.repeat(43) },
  ];
  const added = place.coordinator.call('addLabels', {}, { location: 'Förrådet', labels });
  await expect(added).rejects.toMatchObject({ code: 'already-there' });
  const { items } = await place.coordinator.call('stock');
  expect(items.filter(({ identity }) => identity?.unit === 'e-halfhalf')).toEqual([]);
});

describe('a unit is paired', () => {
  it('by its label, for the home of the work order, and its item in stock goes there', async () => {
    const unit = await place.unit();
    const dialling = unit.dial();
    const order = await place.order('Anemon');
    const view = await pairByLabel(place.technician, order, unit.label.address);
    expect(view).toMatchObject({ state: 'paired', client: 'Anemon', place: 'Sovrum' });
    expect(await dialling.paired).toMatchObject({ client: 'Anemon', unit: unit.label.unit });
    const { items } = await place.coordinator.call('stock');
    expect(items.find(({ identity }) => identity?.unit === unit.label.unit)).toMatchObject({
      state: 'installed',
      unit: unit.label.unit,
      client: 'Anemon',
    });
    const { orders } = await place.technician.call('workOrders');
    expect(orders.find((one) => one.order === order)).toMatchObject({ state: 'paired', unit: unit.label.unit });
    const [line] = (await lines('unit-paired')).filter(({ subject }) => subject === unit.label.unit);
    expect(line?.details).toMatchObject({ client: 'Anemon', order });
  });

  it('by its short code, and by no other: five are counted on its disk', async () => {
    const unit = await place.unit();
    const { label } = unit;
    const order = await place.order();
    const wrong = label.code === '0000000000' ? '1111111111' : '0000000000';
    await using _dialling = stopping(unit.dial());
    for (const left of [4, 3, 2, 1, 0])
      expect(await pairByCode(place.technician, order, label.unit, wrong)).toMatchObject({
        state: 'refused',
        why: 'wrong-code',
        triesLeft: left,
      });
    // The relay lets no more through for a while: as one that lies would.
    const { database } = unit;
    expect(database.all('select tries, in_all from code_tries')).toEqual([{ tries: 5, in_all: 5 }]);
    await expect(pairByCode(place.technician, order, label.unit, label.code)).rejects.toMatchObject({
      code: 'too-many-requests',
    });
  });

  it('and not once more while it is: neither for another home nor by the same order', async () => {
    const unit = await place.unit();
    const dialling = unit.dial();
    const order = await place.order();
    await pairByLabel(place.technician, order, unit.label.address);
    await dialling.paired;
    // A relay whose clock is right asks the unit no more: it does not wait.
    const another = await place.order();
    await expect(pairByLabel(place.technician, another, unit.label.address)).rejects.toMatchObject({
      code: 'already-there',
    });
  });
});

describe('nothing is paired', () => {
  it.each([
    [
      'with a label that has no work order',
      async ({ label }: TestUnit) =>
        place.technician.call(
          'beginPairing',
          { order: '5b0c1ab4-0000-4000-8000-000000000000' },
          await begun(label.address),
        ),
      'not-found',
    ],
    [
      'for a work order that has been called off',
      async ({ label }: TestUnit) => {
        const order = await place.order();
        await place.coordinator.call('callOffWorkOrder', { order });
        return place.technician.call('beginPairing', { order }, await begun(label.address));
      },
      'not-now',
    ],
    [
      'for a work order that is somebody else’s',
      async ({ label }: TestUnit) => {
        const { people } = await place.coordinator.call('people');
        const order = await place.order(undefined, { assignee: people.find(({ name }) => name === 'Karin')!.person });
        return place.technician.call('beginPairing', { order }, await begun(label.address));
      },
      'not-allowed',
    ],
    [
      'by somebody who only looks in at night',
      async ({ label }: TestUnit) => {
        const operator = await person('Olle', 'operator');
        return operator.call('beginPairing', { order: await place.order() }, await begun(label.address));
      },
      'not-allowed',
    ],
    [
      'with the label of another unit',
      async ({ label }: TestUnit) => {
        const other = await place.unit();
        const doorKey = (await begun(other.label.address)).doorKey;
        return place.technician.call('beginPairing', { order: await place.order() }, { unit: label.unit, doorKey });
      },
      'not-allowed',
    ],
    [
      'that is not in stock',
      async () => {
        const unknown = await place.unit({ isInStock: false });
        await using _dialling = stopping(unknown.dial());
        return await place.technician.call(
          'beginPairing',
          { order: await place.order() },
          await begun(unknown.label.address),
        );
      },
      'not-found',
    ],
    [
      'that has no power',
      async () => {
        const off = await place.unit();
        return place.technician.call('beginPairing', { order: await place.order() }, await begun(off.label.address));
      },
      'unit-unreachable',
    ],
    [
      'that has had power for an hour',
      async () => {
        const old = await place.unit({ power: fresh('first', 3600) });
        await using _dialling = stopping(old.dial());
        return await beginWhenHere(place.technician.call, await place.order(), await begun(old.label.address));
      },
      'not-now',
    ],
    [
      'by people of another organisation, nor for their home',
      async ({ label }: TestUnit) => {
        const foreign = await stranger();
        return foreign.call('beginPairing', { order: await place.order() }, await begun(label.address));
      },
      'not-found',
    ],
    [
      'by their own work order, out of our stock',
      async ({ label }: TestUnit) => {
        const foreign = await stranger();
        const { orders } = await foreign.call(
          'addWorkOrder',
          {},
          { kind: 'install', client: 'Där borta', place: 'Sovrum' },
        );
        return foreign.call('beginPairing', { order: orders[0]!.order }, await begun(label.address));
      },
      'not-found',
    ],
  ] as const)('%s', async (_name, act, code) => {
    const unit = await place.unit();
    await using _dialling = stopping(unit.dial());
    await expect(act(unit)).rejects.toMatchObject({ code });
  });

  it('by a ticket that was used, and each try stands in the log', async () => {
    const unit = await place.unit();
    await using _dialling = stopping(unit.dial());
    const { call } = place.technician;
    const view = await beginWhenHere(call, await place.order(), await begun(unit.label.address));
    const mac = 'A'.repeat(43);
    await call('confirmPairing', { ticket: view.ticket }, { mac });
    expect(await settled(call, view.ticket)).toMatchObject({ state: 'refused', why: 'wrong-label' });
    const before = (await lines('pairing-refused')).length;
    await expect(call('confirmPairing', { ticket: view.ticket }, { mac })).rejects.toMatchObject({ code: 'not-now' });
    const after = await lines('pairing-refused');
    expect(after.length).toBe(before + 1);
    expect(after[0]).toMatchObject({ details: { why: 'used-ticket' } });
  });

  it('by a ticket of somebody else, or in another browser of the same person', async () => {
    const unit = await place.unit();
    await using _dialling = stopping(unit.dial());
    const view = await beginWhenHere(place.technician.call, await place.order(), await begun(unit.label.address));
    const right = await authenticateTerms(view, await unitKeyOfLabel(readLabel(unit.label.address)!));
    const elsewhere = await signIn(place.site.relay, 'tekla@testby.se');
    for (const who of [place.coordinator, elsewhere])
      await expect(who.call('confirmPairing', { ticket: view.ticket }, { mac: right })).rejects.toMatchObject({
        code: 'not-allowed',
      });
  });

  it('by a ticket that was made for another unit', async () => {
    const [one, other] = [await place.unit(), await place.unit()];
    await using _both = stopping(one.dial());
    await using _other = stopping(other.dial());
    const { call } = place.technician;
    const view = await beginWhenHere(call, await place.order(), await begun(one.label.address));
    const key = await unitKeyOfLabel(readLabel(other.label.address)!);
    // As if the other had been asked: neither its name nor its nonce are the ticket's.
    const mac = await authenticateTerms({ ...view, unit: other.label.unit, publicKey: other.label.publicKey }, key);
    await call('confirmPairing', { ticket: view.ticket }, { mac });
    expect(await settled(call, view.ticket)).toMatchObject({ state: 'refused', why: 'wrong-label' });
  });

  it.each([
    ['another municipality’s key', { planKey: 'm'.repeat(43) }],
    ['another client', { client: 'Någon annan' }],
    ['another organisation', { organisation: 'annanby' }],
    ['another place', { place: 'Badrum' }],
  ])('where the relay names %s to the console than to the unit', async (_name, swapped) => {
    const unit = await place.unit();
    await using _dialling = stopping(unit.dial());
    const named = (view: Awaited<ReturnType<typeof beginWhenHere>>) => ({ ...view, ...swapped }) as typeof view;
    const view = await pairByLabel(place.technician, await place.order(), unit.label.address, named);
    expect(view).toMatchObject({ state: 'refused', why: 'wrong-label' });
    expect(unit.database.all('select * from pairing')).toEqual([]);
  });

  it('where the relay names another key than the one of the label: the console notices, and says nothing to it', async () => {
    const unit = await place.unit();
    await using _dialling = stopping(unit.dial());
    const swapped = { publicKey: 'x'.repeat(43) };
    await expect(
      pairByLabel(place.technician, await place.order(), unit.label.address, (view) => ({ ...view, ...swapped })),
    ).rejects.toThrow('another unit than the label');
  });

  it('more than five minutes after the ticket, though the wall clock was set back', async () => {
    const clock = movedClock(instant(Date.now()));
    await using late = await openPairingSite({ clock });
    const unit = await late.unit();
    await using _dialling = stopping(unit.dial());
    const { call } = late.technician;
    const view = await beginWhenHere(call, await late.order(), await begun(unit.label.address));
    clock.stepWall(minutes(-10));
    await clock.advance(minutes(4));
    await clock.advance(seconds(61));
    const mac = await authenticateTerms(view, await unitKeyOfLabel(readLabel(unit.label.address)!));
    expect(await call('pairing', { ticket: view.ticket })).toMatchObject({ state: 'too-late' });
    await expect(call('confirmPairing', { ticket: view.ticket }, { mac })).rejects.toMatchObject({ code: 'not-now' });
  });
});

const people = new Map<string, Promise<Awaited<ReturnType<typeof signIn>>>>();
const once = (name: string, make: () => Promise<Awaited<ReturnType<typeof signIn>>>) => {
  if (!people.has(name)) people.set(name, make());
  return people.get(name)!;
};
const person = (name: string, role: 'operator') => once(name, () => place.site.person(name, role));
const stranger = () =>
  once('Frida', async () => {
    await place.site.relay.addOrganisation({ organisation: 'annanby', name: 'Annanby', kind: 'municipality' });
    return place.site.person('Frida', 'coordinator', 'annanby');
  });

const stopping = ({ stop }: { stop(): Promise<void> }) => ({ [Symbol.asyncDispose]: stop });
