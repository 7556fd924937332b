/** Three nodes are one relay: a unit, a viewer and an operator each at another, and any of them may go. */
import { checkAudit } from '@nattfrid/relay/audit/check-audit';
import type { Node } from '@nattfrid/relay/open-node';
import { elapsed } from '@nattfrid/shared/time/clock';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { natsMissing } from '../../stand-ins/nats/nats.ts';
import { type Nodes, openNodes } from '../../support/nodes-under-test.ts';
import { closing, openSocket, type Person, signIn } from '../../support/person.ts';
import { kinds, opening, picture } from '../../support/picture-packets.ts';
import { aFall, vitals } from '../../support/relay-samples.ts';
import { type Credential, connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';
import { postgresMissing } from '../../support/test-database.ts';

const missing = postgresMissing() ?? natsMissing();
if (missing) console.log(`SKIPPED: ${missing}.`);

const camera = (at: Node, by: Credential, look: string, reader?: string) =>
  openSocket(`${at.url}/pictures/unit?look=${look}${reader ? `&reader=${reader}` : ''}`, {
    authorization: `Bearer ${by.unit}:${by.token}`,
  });

describe.skipIf(missing)('three nodes', () => {
  let site: Nodes;
  let unitAt: Node;
  let deskAt: Node;
  let viewAt: Node;
  let anna: Person;
  beforeAll(async () => {
    site = await openNodes(3);
    // The unit at one that is not main, the operator at the other, the viewer at the main one.
    viewAt = (await site.main()).node;
    unitAt = await site.door();
    deskAt = await site.door([unitAt]);
    anna = await site.person(deskAt, 'Anna', 'operator');
  });
  afterAll(() => site?.[Symbol.asyncDispose]());

  let homes = 0;
  async function openLook(): Promise<{ home: Credential; unit: SpeakingUnit; look: string }> {
    const home = await site.unit(`home-${++homes}`);
    const unit = await connectUnit(unitAt, home);
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const reason = { type: 'alarm', alarm: fall.alarm };
    const { look } = await anna.call('openLook', {}, { unit: home.unit, reason, operatorKey: 'k'.repeat(43) });
    const call = await unit.told('look-call');
    expect(call.look).toBe(look);
    await unit.say('look-answer', {
      type: 'opened',
      look: look as never,
      mode: 'silhouette',
      until: new Date(Date.now() + 60_000).toISOString(),
    });
    return { home, unit, look };
  }

  it('bring an alarm from a unit at one to a console at another, which is told live', async () => {
    const home = await site.unit('home-live');
    const live = await anna.socket('/live');
    const told: string[] = [];
    live.on('message', (data) => void told.push(String(data)));
    await vi.waitFor(() => expect(told[0]).toContain('"desk"'));
    await using unit = await connectUnit(unitAt, home);
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await vi.waitFor(() => expect(told.join()).toContain(fall.alarm));
    expect((await anna.desk()).alarms.filter(({ alarm }) => alarm === fall.alarm)).toHaveLength(1);
    live.terminate();
  });

  it('refuse at each what only one has decided: a wrong token, a look of somebody else', async () => {
    const { unit, look } = await openLook();
    await expect(connectUnit(deskAt, { unit: unit.unit, token: 'wrong' })).rejects.toThrow();
    const bo = await site.person(viewAt, 'Bo', 'operator');
    await expect(bo.socket(`/pictures/view?look=${look}`)).rejects.toThrow('refused');
    await unit[Symbol.asyncDispose]();
  });

  it('let nobody keep that a file of the console is not there: another node may be newer', async () => {
    for (const { url } of site.nodes) {
      const { status, headers } = await fetch(`${url}/assets/page-of-another-build.js`);
      expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
    }
  });

  it('count wrong tokens together: whoever guesses at each in turn waits as long as at one', async () => {
    const home = await site.unit('home-guessed');
    const guess = (at: Node) => expect(connectUnit(at, { ...home, token: 'wrong' })).rejects.toThrow();
    for (const at of [unitAt, deskAt, viewAt, unitAt, deskAt, viewAt]) await guess(at);
    const before = elapsed();
    await guess(unitAt);
    expect(elapsed() - before).toBeGreaterThan(450);
    await using _unit = await connectUnit(deskAt, home);
  });

  it('hold one connection of a unit: where it comes in anew, also at the main one, the old one ends, and it is told there', async () => {
    const home = await site.unit('home-moves');
    await using first = await connectUnit(unitAt, home);
    await using second = await comesIn(first, viewAt);
    await using third = await comesIn(second, deskAt);
    await comesIn(third, viewAt);

    async function comesIn(old: SpeakingUnit, at: Node): Promise<SpeakingUnit> {
      const ended = new Promise<void>((resolve) => old.client.once('close', () => resolve()));
      const unit = await connectUnit(at, home);
      await ended;
      const fall = aFall();
      await unit.say('alarm-report', fall);
      const reason = { type: 'alarm', alarm: fall.alarm };
      const { look } = await anna.call('openLook', {}, { unit: home.unit, reason, operatorKey: 'k'.repeat(43) });
      expect((await unit.told('look-call')).look).toBe(look);
      await anna.call('closeLook', { look }, {});
      return unit;
    }
  });

  it('pass a look’s pictures from one to another, newest first for a slow viewer, and what the viewer says back', async () => {
    const { home, unit, look } = await openLook();
    const sends = await camera(unitAt, home, look);
    const asked = kinds(sends, 'beat');
    const screen = await openSocket(`${viewAt.url}/pictures/view?look=${look}`, { cookie: anna.cookie });
    const seen = kinds(screen, 'beat');
    sends.send(opening(look));
    sends.send(picture('key', 12));
    sends.send(picture('delta', 13));
    await vi.waitFor(() => expect(seen).toEqual(['opening', 'key', 'delta']));
    screen.send(writePicturePacket({ type: 'ack', counter: 1 }));
    await vi.waitFor(() => expect(asked).toContain('ack'));
    // Told on the desk as a look with a picture.
    await vi.waitFor(async () => {
      const one = (await anna.desk()).looks.find((known) => known.look === look);
      expect(JSON.stringify(one)).toContain('firstPicture');
    }, 10_000);
    // A second screen, at the unit's own node: it begins with what the first began with.
    const near = kinds(await openSocket(`${unitAt.url}/pictures/view?look=${look}`, { cookie: anna.cookie }), 'beat');
    await vi.waitFor(() => expect(near).toContain('opening'));
    // The unit comes in anew, at a third node: its pictures go on to both.
    const again = await camera(deskAt, home, look);
    again.on('message', (data: Buffer) => {
      const packet = readPicturePacket(new Uint8Array(data));
      if ('type' in packet && packet.type === 'want-key') again.send(picture('key', 15));
    });
    again.send(opening(look));
    again.send(picture('key', 14));
    await vi.waitFor(() =>
      expect([seen, near].map((heard) => heard.lastIndexOf('key') > heard.lastIndexOf('opening'))).toEqual([
        true,
        true,
      ]),
    );
    expect(seen.filter((kind) => kind === 'opening')).toHaveLength(2);
    for (const socket of [screen, sends, again]) socket.terminate();
    await unit[Symbol.asyncDispose]();
  });

  it('put out a viewer at another node as soon as the session has ended', async () => {
    const { home, unit, look } = await openLook();
    const sends = await camera(unitAt, home, look);
    const eva = await site.person(deskAt, 'Eva', 'operator');
    await eva.call('joinLook', { look }, { operatorKey: 'j'.repeat(43) });
    const { operator: alias } = (await unit.told('look-join')) as { operator: string };
    const far = await openSocket(`${unitAt.url}/pictures/view?look=${look}`, { cookie: eva.cookie });
    const over = closing(far);
    const goesOn = await openSocket(`${viewAt.url}/pictures/view?look=${look}`, { cookie: anna.cookie });
    expect(alias).not.toBe('');
    await eva.call('signOut');
    expect(await over).toBe(4001);
    expect(goesOn.readyState).toBe(goesOn.OPEN);
    for (const socket of [goesOn, sends]) socket.terminate();
    await unit[Symbol.asyncDispose]();
  });

  it('tell a unit once more that a look is over, where it sends pictures all the same', async () => {
    const { home, unit, look } = await openLook();
    await anna.call('closeLook', { look }, {});
    await unit.told('look-close');
    // As if it had not heard: it opens its picture socket anew.
    await expect(camera(unitAt, home, look)).rejects.toThrow('refused');
    expect(await unit.told('look-close')).toMatchObject({ look, why: 'operator-closed' });
    await unit[Symbol.asyncDispose]();
  });

  it('keep their units while NATS is away: what is said meanwhile is acknowledged after it, and is there once', async () => {
    const home = await site.unit('home-nats');
    await using unit = await connectUnit(unitAt, home);
    await site.nats.stop();
    const fall = aFall();
    let isAcknowledged = false;
    const said = unit.say('alarm-report', fall).then(() => {
      isAcknowledged = true;
    });
    const health = await fetch(`${unitAt.url}/healthz`);
    expect([health.status, isAcknowledged]).toEqual([503, false]);
    await site.nats.start();
    await said;
    expect((await anna.desk()).alarms.filter(({ alarm }) => alarm === fall.alarm)).toHaveLength(1);
    expect(unit.client.connected).toBe(true);
  });

  it('go on where the main one is gone: an alarm said meanwhile is there once, pictures never stop, and the log is one chain', async () => {
    // Which one is main may have changed since: the unit and the operator are at the two others.
    const { node } = await site.main();
    unitAt = await site.door();
    deskAt = await site.door([unitAt]);
    anna = await signIn(deskAt, 'anna@testby.se');
    const kim = await site.person(deskAt, 'Kim', 'coordinator');
    const { home, unit, look } = await openLook();
    const sends = await camera(unitAt, home, look);
    const screen = await openSocket(`${deskAt.url}/pictures/view?look=${look}`, { cookie: anna.cookie });
    const seen = kinds(screen, 'beat');
    sends.send(opening(look));
    sends.send(picture('key', 12));
    await vi.waitFor(() => expect(seen).toContain('key'));
    await node[Symbol.asyncDispose]();
    const fall = aFall();
    const said = unit.say('alarm-report', fall, '6c1bb3c5-65c5-4f7d-bd2b-6b6c0d9f7d11');
    sends.send(picture('delta', 13));
    await vi.waitFor(() => expect(seen).toContain('delta'));
    await said;
    await unit.say('vitals', vitals);
    const desk = await vi.waitFor(() => anna.desk(), { timeout: 10_000 });
    expect(desk.alarms.filter(({ alarm }) => alarm === fall.alarm)).toHaveLength(1);
    expect(desk.looks.find((one) => one.look === look)).toBeDefined();
    expect([screen.readyState, sends.readyState]).toEqual([screen.OPEN, sends.OPEN]);
    // The new main node speaks with the unit, which has not noticed.
    await anna.call('closeLook', { look }, {});
    await unit.told('look-close');
    await vi.waitFor(() => expect(screen.readyState).toBe(screen.CLOSED));
    expect((await checkAudit(site.database, undefined)).words).toContain('whole');
    // Whoever looks after the relay reads which node is missed; an operator has enough to do.
    await vi.waitFor(
      async () => expect((await kim.desk()).relay?.nodesUnwell).toEqual([expect.objectContaining({ why: 'gone' })]),
      { timeout: 30_000, interval: 500 },
    );
    expect((await anna.desk()).relay?.nodesUnwell).toBeUndefined();
    await unit[Symbol.asyncDispose]();
  }, 40_000);
});
