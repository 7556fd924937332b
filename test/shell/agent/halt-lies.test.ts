/** A relay that lies about stops, pauses and plans to a unit that was stopped: every letter that it can make or keep, in any order, opens no look. */
import { randomUUID } from 'node:crypto';
import { keepHalts } from '@nattfrid/agent/halt/keep-halts';
import { noLamp } from '@nattfrid/agent/look/lamp';
import { openLooks } from '@nattfrid/agent/look/open-looks';
import { letters } from '@nattfrid/agent/obey/letters';
import { lookOrders } from '@nattfrid/agent/obey/look-orders';
import { obey } from '@nattfrid/agent/obey/obey';
import { relayStates } from '@nattfrid/agent/obey/relay-state';
import { keepMunicipalityKeys } from '@nattfrid/agent/plan/municipality-keys';
import { keepPlan } from '@nattfrid/agent/plan/plan';
import { accessTable } from '@nattfrid/agent/store/access-table';
import { consolesTable } from '@nattfrid/agent/store/consoles-table';
import { openDatabase } from '@nattfrid/agent/store/database';
import { haltTable } from '@nattfrid/agent/store/halt-table';
import { planTable } from '@nattfrid/agent/store/plan-table';
import { successorsTable } from '@nattfrid/agent/store/successors-table';
import type { ClientAlias, LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { minutes } from '@nattfrid/shared/time/duration';
import { instant, after as later, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import { HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';
import { topicOf } from '@nattfrid/shared/wire/topics';
import { describe, expect, it } from 'vitest';
import { aPlan } from '../../support/relay-samples.ts';

const unit = 'unit-1' as UnitId;
const night = instant(Date.parse('2026-11-22T23:00:00Z'));
const at = printInstant(night);
const halt = '00000000-0000-4000-8000-0000000000d1';
const [municipality, stranger, own] = [await makeSignKey(), await makeSignKey(), await makeSignKey()];
const planBy = (version: number, key: SignKey = municipality, more: Partial<Plan> = {}) =>
  signPlan(aPlan(unit, { version, ...more }), key.privateKey);
const stop = (planVersion: number) =>
  HaltLetter.parse({ type: 'stop', halt, at, planVersion, why: 'consent-withdrawn' });
const over = (id = halt) => HaltLetter.parse({ type: 'pause-over', halt: id, at });
const pause = (from: number, until: number) =>
  HaltLetter.parse({
    type: 'pause',
    halt,
    at,
    from: printInstant(later(night, minutes(from))),
    until: printInstant(later(night, minutes(until))),
  });

const database = () => openDatabase(':memory:');

/** With the real parts of an agent that decide, put together as it puts them together. */
async function openUnit(disk = database()) {
  const clock = movedClock(night);
  const [access, consoles] = [accessTable(disk), consolesTable(disk)];
  const answers: LookAnswer[] = [];
  const { gate, looks } = openLooks({
    lamp: noLamp,
    access,
    consoles,
    answer: (one) => answers.push(one),
    clock,
    log: silent,
  });
  const circumstances = () => ({
    at: clock.now(),
    clockSure: true,
    plan: plan.current,
    ownAlarms: [],
    halts: halts.halts,
    readiness: { name: 'by-hand' } as const,
  });
  const changed = () => void looks.tell({ type: 'plan-changed', now: circumstances() });
  const plan = await keepPlan({
    table: planTable(disk),
    unit,
    client: `Alias ${unit}` as ClientAlias,
    keys: await keepMunicipalityKeys(toBase64Url(municipality.publicKey), successorsTable(disk), silent),
    unitKey: own.publicKey,
    clock,
    log: silent,
    changed: () => {
      halts.weigh();
      changed();
    },
  });
  const halts = keepHalts({
    table: haltTable(disk),
    access,
    readSwitch: () => 'off',
    readAtTheUnit: () => ({ type: 'nothing' }),
    plan: () => ({ current: plan.current?.version, newest: plan.newest?.version }),
    clock,
    log: silent,
    changed,
  });
  const doing: Promise<unknown>[] = [];
  const task = (one: Promise<unknown>) => void doing.push(one);
  const receive = obey(
    unit,
    {
      ...letters({
        plan,
        halts,
        room: { consider: () => ({ type: 'refused', version: 1, why: 'not-sane' }) },
        roomSigned: () => Promise.reject(new Error('not asked')),
        consoles,
        access,
        clock,
        outbox: { put: () => {} },
        log: silent,
        task,
      }),
      'service-call': () => {},
      ...lookOrders({
        unit,
        looks,
        looking: gate.looking,
        askWho: async () => ({ by: 'voucher' }),
        trusted: { consider: async () => [] },
        circumstances,
        clock,
        log: silent,
        task,
      }),
      ...relayStates(silent),
    },
    silent,
  );
  /** The bytes once more, or new ones: `id` is the relay's to choose. */
  const says = async <Name extends NamesFrom<'relay'>>(name: Name, body: Message<Name>) => {
    receive(topicOf(unit, name), writeLetter(name, unit, randomUUID(), clock.now(), body));
    for (const one of doing.splice(0)) await one;
    await looks.tell({ type: 'tick', at: clock.now() });
  };
  /** @returns what the unit says to a look in its window */
  const asks = async () => {
    const look = randomUUID() as LookId;
    await says('look-call', {
      look,
      reason: { type: 'window', window: 'dygnet' },
      operator: 'op-7' as OperatorAlias,
      operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
      until: printInstant(later(clock.now(), minutes(1))),
    });
    const answer = answers.at(-1);
    const isOpen = gate.looking() !== undefined;
    if (isOpen) await says('look-close', { look, why: 'operator-closed' });
    return isOpen ? 'open' : answer?.type === 'refused' ? answer.why : answer?.type;
  };
  return { says, asks, disk, clock, isLooking: () => gate.looking() !== undefined, halts };
}

/** All that a relay has which has carried everything, and holds no key of a municipality. */
const lies = async () =>
  [
    ['halt-letter', over()],
    ['halt-letter', stop(1)],
    ['halt-letter', stop(0)],
    ['halt-letter', pause(-60, -30)],
    ['halt-letter', pause(0, 10)],
    ['halt-letter', over('00000000-0000-4000-8000-0000000000d9')],
    ['plan-letter', await planBy(3)],
    ['plan-letter', await planBy(2)],
    ['plan-letter', await planBy(9, stranger)],
    ['plan-letter', { ...(await planBy(9, stranger)), signature: (await planBy(3)).signature }],
    ['plan-letter', await planBy(4, municipality, { unit: 'unit-2' as UnitId })],
  ] as const;

describe('A5.5 a unit that was stopped', () => {
  it('opens to no lie of the relay, each alone, all in turn, and after a restart', async () => {
    const all = await lies();
    for (const [name, body] of all) {
      const { says, asks } = await openUnit();
      await says('plan-letter', await planBy(3));
      expect(await asks()).toBe('open');
      await says('halt-letter', stop(3));
      expect(await asks()).toBe('consent-withdrawn');
      await says(name, body);
      expect([name, body, await asks()]).toEqual([name, body, 'consent-withdrawn']);
    }
    const { says, asks, disk } = await openUnit();
    await says('plan-letter', await planBy(3));
    await says('halt-letter', stop(3));
    for (const turn of [all, all.toReversed(), [...all].sort(() => -1)])
      for (const [name, body] of turn) {
        await says(name, body);
        expect(await asks()).not.toBe('open');
      }
    const again = await openUnit(disk);
    expect(await again.asks()).toBe('consent-withdrawn');
    for (const [name, body] of all) {
      await again.says(name, body);
      expect(await again.asks()).not.toBe('open');
    }
  });

  it('ends the look that is open with the letter itself', async () => {
    const { says, isLooking } = await openUnit();
    await says('plan-letter', await planBy(3));
    await says('look-call', {
      look: randomUUID() as LookId,
      reason: { type: 'window', window: 'dygnet' },
      operator: 'op-7' as OperatorAlias,
      operatorKey: toBase64Url(new Uint8Array(32).fill(9)),
      until: printInstant(later(night, minutes(1))),
    });
    expect(isLooking()).toBe(true);
    await says('halt-letter', stop(3));
    expect(isLooking()).toBe(false);
  });

  it('opens with the plan that the municipality has signed after it', async () => {
    const { says, asks } = await openUnit();
    await says('plan-letter', await planBy(3));
    await says('halt-letter', stop(3));
    await says('plan-letter', await planBy(4));
    expect(await asks()).toBe('open');
    await says('halt-letter', stop(3));
    expect(await asks()).toBe('open');
  });

  it('that was never given a plan before is not started by the one that was stopped', async () => {
    const { says, asks } = await openUnit();
    await says('halt-letter', stop(3));
    await says('plan-letter', await planBy(3));
    expect(await asks()).toBe('consent-withdrawn');
  });

  it('goes on with the plan that begins later, once it begins, where that was signed after the stop', async () => {
    const { says, asks, clock } = await openUnit();
    await says('plan-letter', await planBy(3));
    await says('halt-letter', stop(3));
    await says('plan-letter', await planBy(4, municipality, { validFrom: printInstant(later(night, minutes(60))) }));
    expect(await asks()).toBe('consent-withdrawn');
    await clock.advance(minutes(61));
    expect(await asks()).toBe('open');
  });
});
