/** What a technician asks of a unit, over its real disk and outbox: written first, answered in every case, and never in the way of the watching. */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { keepReadiness } from '@nattfrid/agent/ready/keep-readiness';
import { openOutbox } from '@nattfrid/agent/report/outbox';
import { openServe, type ServeParts } from '@nattfrid/agent/serve/open-serve';
import { readyDeeds } from '@nattfrid/agent/serve/ready-deeds';
import { accessTable } from '@nattfrid/agent/store/access-table';
import { openDatabase } from '@nattfrid/agent/store/database';
import { outboxTable } from '@nattfrid/agent/store/outbox-table';
import { readyTable } from '@nattfrid/agent/store/ready-table';
import { serveTable } from '@nattfrid/agent/store/serve-table';
import { type Check, checkCodes } from '@nattfrid/shared/domain/check';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { PictureState } from '@nattfrid/shared/domain/observation';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { sealLogin } from '@nattfrid/shared/seal/sealed-login';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { readLetter } from '@nattfrid/shared/wire/envelope';
import type { ServiceAnswer, SomeServiceCall } from '@nattfrid/shared/wire/service-call';
import { startOnvifCamera } from '@nattfrid/stand-ins/onvif-camera/server';
import { describe, expect, it, vi } from 'vitest';

const unit = 'unit-1' as UnitId;
const night = instant(Date.parse('2026-11-29T22:00:00Z'));
type Clocks = ServeParts['clock'];

const newAlarm = () => randomUUID() as AlarmId;

async function openUnit(clock: Clocks = movedClock(night), given: Partial<ServeParts> = {}, newAlarmId = newAlarm) {
  const database = openDatabase(':memory:');
  const key = await makeSignKey();
  const access = accessTable(database);
  const outbox = openOutbox({ table: outboxTable(database), unit, clock, newId: randomUUID });
  const state = {
    lookOpen: false,
    openAlarms: 0,
    seenAlarms: 0,
    mains: true as boolean | undefined,
    cameras: [] as unknown[],
    rsrpDbm: -90,
    ended: 0,
  };
  const well = (name: keyof typeof checkCodes) => (): Check => ({ name, state: 'well', code: checkCodes[name][0] });
  const names = Object.keys(checkCodes) as (keyof typeof checkCodes)[];
  const sources = Object.fromEntries(names.map((name) => [name, well(name)])) as unknown as ServeParts['sources'];
  const ready = keepReadiness({ table: readyTable(database), clock, log: silent, changed: () => {} });
  const serve = await openServe({
    ...{ unit, key, table: serveTable(database), access, outbox, sources, clock, log: silent },
    // Whose word a wipe or another camera needs, has tests of its own.
    isSettingUp: () => true,
    callSigned: async () => ({ type: 'refused', why: 'not-vouched' }),
    power: { since: () => minutes(60) },
    keepCamera: (camera) => void state.cameras.push(camera),
    dark: {
      watch: () => ({ [Symbol.dispose]() {} }),
      listen: () => ({ [Symbol.dispose]() {} }),
      isDark: () => false,
    },
    readPower: async () => ({ mains: state.mains }),
    powerChanged: () => {},
    now: () => state,
    through: () => ['lo'],
    searchFor: seconds(0.7),
    measureSignal: async () => ({ type: 'registered', rsrpDbm: state.rsrpDbm }),
    again: () => void state.ended++,
    ...{ board: {}, data: tmpdir(), version: '0.1.0', boot: undefined },
    // biome-ignore lint/correctness/useYield: nothing is given
    download: async function* () {
      throw new Fault('link-lost', 'nothing is given');
    },
    bundle: { vitals: () => [], lines: () => [], versions: { agent: '0.1.0', node: 'v24', models: [] } },
    ...given,
    more: { ...readyDeeds(ready, newAlarmId), ...given.more },
  });
  const sent: string[] = [];
  const said = async () => {
    const letters: ServiceAnswer[] = [];
    await outbox.drain(async (name, bytes) => {
      const letter = readLetter(name, bytes);
      if (letter instanceof Fault) throw letter;
      sent.push(`${letter.name} ${(letter.body as { type?: string }).type ?? ''}`);
      if (letter.name === 'service-answer') letters.push(letter.body as ServiceAnswer);
    }, new AbortController().signal);
    return letters;
  };
  const ask = async (asked: { readonly type: string } & Record<string, unknown>) => {
    const call = randomUUID();
    serve['service-call']({ ...asked, call } as SomeServiceCall);
    const heard: ServiceAnswer[] = [];
    await vi.waitFor(
      async () => {
        heard.push(...(await said()));
        expect(heard.some((one) => one.call === call)).toBe(true);
      },
      { timeout: 20_000, interval: 10 },
    );
    return heard.filter((one) => one.call === call);
  };
  return { serve, state, access, outbox, ask, said, key, table: serveTable(database), sent };
}

describe('a call of a technician', () => {
  it('stands in the access log before it is answered', async () => {
    const { ask, access } = await openUnit();
    await ask({ type: 'diagnose' });
    expect(access.lines().map(({ what, who }) => `${what} by ${who}`)).toEqual(['service diagnose by relay']);
  });

  it('is not obeyed where it cannot be written down', async () => {
    const raised = vi.fn(() => randomUUID() as AlarmId);
    const full = {
      write: () => {
        throw new Error('database or disk is full');
      },
    };
    const { ask } = await openUnit(undefined, { access: full }, raised);
    expect(await ask({ type: 'test-fall' })).toMatchObject([{ type: 'refused', why: 'failed' }]);
    expect(raised).not.toHaveBeenCalled();
  });

  for (const [story, call] of [
    ['of a newer relay', { type: 'water-plants' }],
    ['that a newer relay asks in another way', { type: 'survey', for: 'ever' }],
    ['that this unit has no part for', { type: 'wipe' }],
  ] as const)
    it(`${story} is refused as not known, and not passed over`, async () => {
      const { ask } = await openUnit();
      expect(await ask(call)).toMatchObject([{ type: 'refused', why: 'not-known' }]);
    });

  for (const [type, now, why] of [
    ['try-dark', { lookOpen: true }, 'look-open'],
    ['choose-camera', { lookOpen: true }, 'look-open'],
    ['restart', { lookOpen: true }, 'look-open'],
    ['restart', { openAlarms: 1 }, 'alarm-goes-on'],
    ['update', { openAlarms: 1 }, 'alarm-goes-on'],
    ['choose-camera', { openAlarms: 1, seenAlarms: 1 }, 'alarm-goes-on'],
    ['wipe', { lookOpen: true }, 'look-open'],
    ['wipe', { openAlarms: 1, seenAlarms: 1 }, 'alarm-goes-on'],
  ] as const)
    it(`${type} waits while ${why}`, async () => {
      const wiped = vi.fn(() => ({ type: 'wiping', at: '2026-11-29T22:00:00.000Z', signature: 's' }) as const);
      const { ask, state, access } = await openUnit(undefined, { more: { wipe: wiped } });
      Object.assign(state, now);
      const asked = { camera: 'none', version: '9.0.0', path: '/x', bytes: 1, sha256: 'AAAA' };
      expect(await ask({ type, ...asked })).toMatchObject([{ type: 'refused', why }]);
      expect(access.lines().at(-1)?.what).toBe(`service ${type} refused ${why}`);
      expect(wiped).not.toHaveBeenCalled();
    });

  it('is one of so many, and no more are written down nor kept: a relay that floods the unit does not fill its disk', async () => {
    const clock = movedClock(night);
    const { serve, outbox, access, ask } = await openUnit(clock);
    for (let many = 0; many < 6000; many++) serve['service-call']({ type: 'test-fall', call: randomUUID() });
    await vi.waitFor(() => expect(outbox.depth).toBeGreaterThan(4000));
    expect(outbox.depth).toBeLessThanOrEqual(5000);
    expect(access.count()).toBe(60);
    await clock.advance(minutes(11));
    expect((await ask({ type: 'test-fall' })).at(-1)).toMatchObject({ type: 'test-fall-raised' });
  });

  it('for a bundle is refused while much still waits to be sent', async () => {
    const { serve, outbox, access, ask } = await openUnit();
    for (let many = 0; many < 60; many++) outbox.put('service-answer', { type: 'restarting', call: randomUUID() });
    serve['service-call']({ type: 'bundle', call: randomUUID() });
    await vi.waitFor(() => expect(outbox.depth).toBe(61));
    expect(access.count()).toBe(1);
    expect(await ask({ type: 'bundle' })).toMatchObject([{ type: 'refused', why: 'busy' }]);
  });

  it('of a kind that is under way is refused as busy; another kind is answered meanwhile', async () => {
    const clock = movedClock(night);
    const { serve, said, ask } = await openUnit(clock);
    const [first, second] = [randomUUID(), randomUUID()];
    serve['service-call']({ type: 'try-dark', call: first });
    serve['service-call']({ type: 'try-dark', call: second });
    expect(await said()).toMatchObject([{ call: second, type: 'refused', why: 'busy' }]);
    expect(await ask({ type: 'test-fall' })).toMatchObject([{ type: 'test-fall-raised' }]);
    await serve[Symbol.asyncDispose]();
  });
});

describe('a wipe', () => {
  const wiping = { type: 'wiping', at: '2026-11-29T22:00:00.000Z', signature: 's' } as const;

  it('lets nothing start the machine again that was asked for before it, nor after it', async () => {
    const clock = movedClock(night);
    const { ask, state } = await openUnit(clock, { more: { wipe: () => wiping } });
    expect(await ask({ type: 'restart' })).toMatchObject([{ type: 'restarting' }]);
    expect(await ask({ type: 'wipe' })).toMatchObject([{ type: 'wiping' }]);
    await clock.advance(seconds(30));
    expect(state.ended).toBe(0);
    expect(await ask({ type: 'restart' })).toMatchObject([{ type: 'refused', why: 'busy' }]);
  });

  it('is not begun in a machine that is being started again', async () => {
    const clock = movedClock(night);
    const wiped = vi.fn(() => wiping);
    const { ask, state } = await openUnit(clock, { more: { wipe: wiped } });
    await ask({ type: 'restart' });
    await clock.advance(seconds(3));
    expect(state.ended).toBe(1);
    expect(await ask({ type: 'wipe' })).toMatchObject([{ type: 'refused', why: 'busy' }]);
    expect(wiped).not.toHaveBeenCalled();
  });
});

describe('a test fall', () => {
  it('goes before everything else that waits, and under no alarm’s name', async () => {
    const { serve, said, outbox, sent } = await openUnit();
    outbox.put('service-answer', { type: 'restarting', call: randomUUID() });
    outbox.put('plan-answer', { type: 'refused', why: 'expired' });
    serve['service-call']({ type: 'test-fall', call: randomUUID() });
    await vi.waitFor(() => expect(outbox.depth).toBe(3));
    await said();
    expect(sent).toEqual(['service-answer test-fall-raised', 'plan-answer refused', 'service-answer restarting']);
  });

  it('is taken only where this unit has raised it; one that it does not know is refused as that', async () => {
    const { ask } = await openUnit();
    const [raised] = await ask({ type: 'test-fall' });
    const alarm = raised?.type === 'test-fall-raised' ? raised.alarm : undefined;
    expect(await ask({ type: 'test-fall-back', alarm: randomUUID() })).toMatchObject([{ why: 'not-found' }]);
    expect(await ask({ type: 'test-fall-back', alarm })).toMatchObject([{ type: 'proofs' }]);
  });
});

describe('a restart', () => {
  for (const [story, meanwhile, ended] of [
    ['comes once it has been said', {}, 1],
    ['does not come where an alarm has begun meanwhile', { openAlarms: 1 }, 0],
    ['does not come where somebody has begun to look meanwhile', { lookOpen: true }, 0],
  ] as const)
    it(story, async () => {
      const clock = movedClock(night);
      const { ask, state } = await openUnit(clock);
      expect(await ask({ type: 'restart' })).toMatchObject([{ type: 'restarting' }]);
      expect(state.ended).toBe(0);
      Object.assign(state, meanwhile);
      await clock.advance(seconds(3));
      expect(state.ended).toBe(ended);
    });
});

describe('how the unit is', () => {
  it('is not said by itself to a relay that has never asked', async () => {
    const clock = movedClock(night);
    const { state, said } = await openUnit(clock);
    state.mains = false;
    await clock.advance(seconds(20));
    expect(await said()).toEqual([]);
  });

  it('is said at once, and first, when the mains have gone', async () => {
    const clock = movedClock(night);
    const { state, said, ask, outbox, serve, sent } = await openUnit(clock);
    await ask({ type: 'diagnose' });
    outbox.put('alarm-report', {
      ...{ alarm: randomUUID() as AlarmId, kind: 'fall', phase: 'began', at: '2026-11-29T22:00:00.000Z' },
      ...{ camera: 'camera-1' as never, evidence: { code: 'found-lying', figures: {}, models: [], attended: false } },
    });
    state.mains = false;
    await clock.advance(seconds(6));
    await vi.waitFor(() => expect(serve.power).toBe('battery'));
    const first = await said();
    expect(first).toMatchObject([{ type: 'checked', checks: [{ name: 'power', code: 'on-battery' }] }]);
    expect(sent.slice(-2)).toEqual(['service-answer checked', 'alarm-report ']);
    await clock.advance(seconds(60));
    expect(await said()).toEqual([]);
  });
});

describe('a camera', () => {
  const found = async (ask: Awaited<ReturnType<typeof openUnit>>['ask'], address: string) => {
    const [answer] = await ask({ type: 'find-cameras' });
    if (answer?.type !== 'cameras') throw new Error('no cameras');
    return answer.cameras.find((one) => address.includes(one.address))?.camera ?? '';
  };
  const sealed = async (one: Awaited<ReturnType<typeof openUnit>>, password: string) => {
    const [checked] = await one.ask({ type: 'diagnose' });
    if (checked?.type !== 'checked') throw new Error('not checked');
    const told = { sealingKey: checked.sealingKey ?? '', sealingProof: checked.sealingProof ?? '' };
    return sealLogin({ unit, publicKey: toBase64Url(one.key.publicKey), told }, { user: 'admin', password });
  };

  it('is found, signed in to with what a console has sealed, put right, and kept', async () => {
    await using camera = await startOnvifCamera({ discoverable: true });
    const one = await openUnit(systemClock);
    const name = await found(one.ask, camera.address);
    const login = await sealed(one, camera.state.password);
    const answers = await one.ask({ type: 'choose-camera', camera: name, login });
    expect(answers).toMatchObject([{ type: 'camera-chosen', checks: [{ name: 'camera', code: 'connected' }] }]);
    const [sub] = camera.state.streams.slice(1);
    expect(sub!.encoder.govLength / sub!.encoder.rate).toBeCloseTo(2, 1);
    expect(one.state.cameras).toMatchObject([
      { url: expect.stringMatching(/^rtsp:\/\/admin:.+@192\.0\.2\.5:554\/sub$/) },
    ]);
    expect(JSON.stringify(answers)).not.toContain(camera.state.password);
    await one.serve[Symbol.asyncDispose]();
  });

  it('on a password that it came with is refused, and not even asked', async () => {
    await using camera = await startOnvifCamera({ discoverable: true, state: { password: 'admin' } });
    const one = await openUnit(systemClock);
    const name = await found(one.ask, camera.address);
    const before = camera.asked.length;
    const login = await sealed(one, 'admin');
    expect(await one.ask({ type: 'choose-camera', camera: name, login })).toMatchObject([{ why: 'factory-password' }]);
    expect(await one.ask({ type: 'choose-camera', camera: name })).toMatchObject([{ why: 'factory-password' }]);
    expect(camera.asked.length).toBe(before);
    expect(one.state.cameras).toEqual([]);
    await one.serve[Symbol.asyncDispose]();
  });

  it('is not taken where somebody has fallen while it was asked', async () => {
    await using camera = await startOnvifCamera({ discoverable: true });
    const one = await openUnit(systemClock);
    const name = await found(one.ask, camera.address);
    const login = await sealed(one, camera.state.password);
    // What it is told of the home is asked twice: before, and when the camera has answered.
    let times = 0;
    Object.defineProperty(one.state, 'seenAlarms', { get: () => (times++ === 0 ? 0 : 1) });
    const answers = await one.ask({ type: 'choose-camera', camera: name, login });
    expect(answers).toMatchObject([{ type: 'refused', why: 'alarm-goes-on' }]);
    expect(one.state.cameras).toEqual([]);
    await one.serve[Symbol.asyncDispose]();
  });

  it('that refuses the login, or is not there, is told as that', async () => {
    await using camera = await startOnvifCamera({ discoverable: true });
    const one = await openUnit(systemClock);
    const name = await found(one.ask, camera.address);
    const login = await sealed(one, 'fel lösenord här');
    expect(await one.ask({ type: 'choose-camera', camera: name, login })).toMatchObject([{ why: 'login-refused' }]);
    expect(await one.ask({ type: 'choose-camera', camera: 'urn:none', login })).toMatchObject([{ why: 'not-found' }]);
    await one.serve[Symbol.asyncDispose]();
  });
});

describe('seeing in the dark', () => {
  it('is tried with the pictures of some seconds, after the camera has settled, and remembered', async () => {
    const clock = movedClock(night);
    let hear: ((picture: PictureState) => void) | undefined;
    let watched = 0;
    const dark: ServeParts['dark'] = {
      watch() {
        watched++;
        return { [Symbol.dispose]: () => void watched-- };
      },
      listen(heard) {
        hear = heard as typeof hear;
        return { [Symbol.dispose]: () => void (hear = undefined) };
      },
      isDark: () => false,
    };
    const { serve, said, table } = await openUnit(clock, { dark });
    const call = randomUUID();
    serve['service-call']({ type: 'try-dark', call });
    const picture = { brightness: 0.2, contrast: 0.3, noise: 0.01, changed: 0, known: 1, aspect: 1.7, alive: true };
    for (let tenth = 0; tenth < 140; tenth++) {
      // Still in colour for the first seconds.
      hear?.({ ...picture, colour: tenth < 40 ? 0.08 : 0.001 });
      await clock.advance(seconds(0.1));
    }
    expect(await said()).toMatchObject([{ type: 'dark-tried', call, check: { code: 'sees-in-dark' } }]);
    expect(watched).toBe(0);
    expect(JSON.parse(table.load('infrared') ?? '{}')).toMatchObject({ code: 'sees-in-dark' });
  });
});
