/** Pictures on their way out: sealed anew for each connection, beginning with one that needs no other, back by themselves. */
import { type AddressInfo, connect, createServer } from 'node:net';
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { type OpenedLook, openLook } from '@nattfrid/shared/seal/seal-look';
import { readSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after as afterwards, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Coded } from '../../../agent/src/encode/coded.ts';
import { ladderFor } from '../../../agent/src/encode/shape.ts';
import { onlyReader, type Reader, type Readers } from '../../../agent/src/look/readers.ts';
import { linkControl } from '../../../agent/src/publish/link-control.ts';
import { publishPictures } from '../../../agent/src/publish/pictures.ts';
import { openStandby, type Standby } from '../../../agent/src/publish/standby.ts';
import { emulateLink } from '../../bench/link/link-emulator.ts';

const look = '00000000-0000-4000-8000-000000000001' as LookId;
const unit = await makeSignKey();
const operator = await makeOperatorKey();

/** What the encoder gives, one at a time, each when it is asked for. */
function encoder() {
  const waiting: Coded[] = [];
  let wake = Promise.withResolvers<void>();
  let ended = false;
  return {
    give(...coded: Coded[]) {
      waiting.push(...coded);
      wake.resolve();
    },
    end() {
      ended = true;
      wake.resolve();
    },
    async *coded(): AsyncIterable<Coded> {
      while (true) {
        const next = waiting.shift();
        if (next) yield next;
        else if (ended) return;
        else {
          await wake.promise;
          wake = Promise.withResolvers();
        }
      }
    },
  };
}
const coded = (key: boolean, value: number): Coded => ({
  type: 'coded',
  at: instant(0),
  key,
  data: new Uint8Array(50).fill(value),
});

/** The console's end, right behind the relay's socket: «connected», and each picture as it was opened. */
async function viewing(console = operator) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const seen: string[] = [];
  const asked: string[] = [];
  const heard = new Set<string>();
  let socket: WebSocket | undefined;
  const gone = Promise.withResolvers<void>();
  let more = Promise.withResolvers<void>();
  const tell = (word: string) => {
    seen.push(word);
    more.resolve();
  };
  server.on('connection', (connection, request) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    socket = connection;
    connection.on('close', () => gone.resolve());
    let opened: OpenedLook | undefined;
    let before: Promise<void> = Promise.resolve();
    const take = async (bytes: Uint8Array) => {
      const packet = readPicturePacket(bytes);
      if (packet instanceof Fault) return tell(packet.code);
      if (packet.type === 'opening') {
        const keys = { operatorPrivateKey: console.privateKey, operatorPublicKey: console.publicKey };
        const one = await openLook({ opening: packet.opening, look, ...keys, unitPublicKey: unit.publicKey, heard });
        if (one instanceof Fault) return tell(one.code);
        opened = one;
        return tell('connected');
      }
      if (packet.type === 'assign') return tell(`assigned ${JSON.stringify(packet.assignment)}`);
      if (!opened || packet.type === 'ack' || packet.type === 'want-key' || packet.type === 'beat')
        return tell(`odd ${packet.type}`);
      const plain = await opened.open(packet.type, packet.sealed);
      if (plain instanceof Fault) return tell(plain.code);
      tell(
        packet.type === 'notice'
          ? new TextDecoder().decode(plain)
          : `${packet.type} ${plain[0]} #${readSframeHeader(packet.sealed)?.ctr}`,
      );
    };
    connection.on('message', (bytes: Buffer) => {
      before = before.then(() => take(bytes));
    });
  });
  return {
    seen,
    asked,
    gone: gone.promise,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: (bytes: Uint8Array) => socket?.send(bytes),
    drop: () => socket?.terminate(),
    async connected(times: number) {
      while (asked.length < times) await new Promise((resolve) => setImmediate(resolve));
    },
    async until(word: string) {
      while (!seen.includes(word)) {
        await more.promise;
        more = Promise.withResolvers();
      }
      const found = seen.splice(0, seen.indexOf(word) + 1);
      return found;
    },
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Passes each connection on by the path that it asks for. */
async function listenFor(usual: string, other: (path: string) => string | undefined) {
  const server = createServer((from) => {
    from.once('data', (head: Buffer) => {
      const { port, hostname } = new URL(other(String(head).split(' ')[1] ?? '') ?? usual);
      const to = connect(Number(port), hostname);
      to.write(head);
      from.pipe(to).pipe(from);
      for (const [one, end] of [
        [from, to],
        [to, from],
      ] as const)
        one.on('error', () => {}).on('close', () => end.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

function publishing(
  relayUrl: string,
  source: AsyncIterable<Coded>,
  signal: AbortSignal,
  more: { readonly readers?: Readers; readonly log?: Logger; readonly standby?: Pick<Standby, 'take'> } = {},
) {
  const control = linkControl(ladderFor('silhouette'));
  const reader = { operator: 'op-7' as OperatorAlias, operatorKey: operator.publicKey };
  const wanted: number[] = [];
  const shown: string[] = [];
  const running = publishPictures(
    {
      relayUrl: () => relayUrl,
      unit: 'unit-1' as UnitId,
      token: 'secret',
      look: {
        look,
        ...reader,
        reason: { type: 'window', window: 'late' },
        mode: 'silhouette',
        until: afterwards(systemClock.now(), minutes(1)),
      },
      unitPrivateKey: unit.privateKey,
      readers: more.readers ?? onlyReader(reader),
      coded: source,
      control,
      standby: more.standby,
      wantKey: () => void wanted.push(1),
      shown: (what) => void shown.push(what),
      clock: systemClock,
      random: () => 0,
      log: more.log ?? silent,
    },
    signal,
  );
  return { running, control, wanted, shown };
}

describe('pictures on their way out', () => {
  it('arrive sealed for this console alone, from a unit that says who it is', async () => {
    await using viewer = await viewing();
    const source = encoder();
    const { running, wanted, shown } = publishing(viewer.url, source.coded(), new AbortController().signal);
    await viewer.until('connected');
    source.give(coded(false, 1), coded(true, 2), coded(false, 3), {
      type: 'no-picture',
      at: instant(0),
      why: 'camera-lost',
    });
    expect(await viewer.until('{"type":"no-picture","why":"camera-lost"}')).toEqual([
      '{"type":"picture"}',
      'key 2 #1',
      'delta 3 #2',
      '{"type":"no-picture","why":"camera-lost"}',
    ]);
    expect(viewer.asked).toEqual([`/pictures/unit?look=${look} Bearer unit-1:secret`]);
    expect(shown).toEqual(['picture', 'camera-lost']);
    // It begins with a keyframe by itself: another one would take an encoder that has to start.
    expect(wanted).toHaveLength(0);
    source.end();
    await running;
  });

  it('begin with the first one, also where that is there before its way is', async () => {
    await using viewer = await viewing();
    const source = encoder();
    source.give(coded(true, 1), coded(false, 2));
    const { running, wanted } = publishing(viewer.url, source.coded(), new AbortController().signal);
    expect(await viewer.until('delta 2 #2')).toEqual(['connected', '{"type":"picture"}', 'key 1 #1', 'delta 2 #2']);
    expect(wanted).toHaveLength(0);
    source.end();
    await running;
  });

  it('go out over the connection that stood by, which said nothing until then; after its loss over one of their own', async () => {
    await using viewer = await viewing();
    const over = new AbortController();
    const clock = movedClock();
    const parts = {
      relayUrl: () => viewer.url,
      unit: 'unit-1' as UnitId,
      token: 'secret',
      random: () => 0,
      log: silent,
    };
    await using standby = openStandby({ ...parts, clock }, over.signal);
    await viewer.connected(1);
    // The unit has heard of it too.
    let taken = standby.take();
    while (!taken) {
      await new Promise((resolve) => setImmediate(resolve));
      taken = standby.take();
    }
    const given = taken;
    expect(viewer.seen).toEqual([]);
    const source = encoder();
    const { running } = publishing(viewer.url, source.coded(), over.signal, { standby: { take: () => given } });
    await viewer.until('connected');
    source.give(coded(true, 1));
    expect(await viewer.until('key 1 #1')).toEqual(['{"type":"picture"}', 'key 1 #1']);
    expect(viewer.asked).toEqual(['/pictures/unit Bearer unit-1:secret']);
    viewer.drop();
    await viewer.until('connected');
    expect(viewer.asked.slice(1)).toEqual([`/pictures/unit?look=${look} Bearer unit-1:secret`]);
    source.end();
    await running;
    // And another stands by for the next look, now that this one is over.
    await viewer.connected(3);
    expect(viewer.asked.at(-1)).toBe('/pictures/unit Bearer unit-1:secret');
  });

  it('come back by themselves after a loss, under another key, with a keyframe first', async () => {
    await using viewer = await viewing();
    const source = encoder();
    const { running, control, wanted } = publishing(viewer.url, source.coded(), new AbortController().signal);
    await viewer.until('connected');
    source.give(coded(true, 1));
    await viewer.until('key 1 #1');
    viewer.drop();
    await viewer.until('connected');
    source.give(coded(false, 2), coded(true, 3));
    expect(await viewer.until('key 3 #0')).toEqual(['key 3 #0']);
    expect(wanted.length).toBe(1);
    viewer.say(writePicturePacket({ type: 'want-key' }));
    while (!control.mayEncode(systemClock.now())) await new Promise((resolve) => setImmediate(resolve));
    source.end();
    await running;
  });

  it('are held back while the viewer does not keep up, and go on when he does or begins anew', async () => {
    await using viewer = await viewing();
    const source = encoder();
    const { running, control, wanted } = publishing(viewer.url, source.coded(), new AbortController().signal);
    await viewer.until('connected');
    const big = { ...coded(true, 1), data: new Uint8Array(21_000).fill(1) } as Coded;
    source.give(big, coded(false, 2));
    await viewer.until('delta 2 #2');
    const now = systemClock.now();
    expect(control.mayEncode(now)).toBe(false);
    viewer.say(writePicturePacket({ type: 'ack', counter: 1 }));
    while (!control.mayEncode(now)) await new Promise((resolve) => setImmediate(resolve));
    source.give(big);
    await viewer.until('key 1 #3');
    const later = afterwards(now, seconds(1));
    expect(control.mayEncode(later)).toBe(false);
    viewer.say(writePicturePacket({ type: 'want-key' }));
    while (!control.mayEncode(later)) await new Promise((resolve) => setImmediate(resolve));
    expect(wanted.length).toBe(1);
    source.end();
    await running;
  });

  it('that were under way when the link broke never come, however it comes back: only what is made after', async () => {
    await using viewer = await viewing();
    const manner = { kbits: 5000, kbitsBack: 5000, delay: milliseconds(20), jitter: milliseconds(0), loss: 0 };
    await using link = await emulateLink(viewer.url, manner, { clock: systemClock, random: () => 0 });
    const source = encoder();
    const gaveUp = Promise.withResolvers<void>();
    const log = { ...silent, info: () => gaveUp.resolve() };
    const over = new AbortController();
    const { running } = publishing(link.address, source.coded(), over.signal, { log });
    await viewer.until('connected');
    source.give(coded(true, 1));
    await viewer.until('key 1 #1');
    link.outage(true);
    source.give(coded(false, 2), coded(false, 3));
    await gaveUp.promise;
    link.outage(false);
    expect(await viewer.until('connected')).toEqual(['connected']);
    source.give(coded(true, 4));
    expect(await viewer.until('key 4 #0')).toEqual(['key 4 #0']);
    over.abort();
    source.end();
    await running;
  });

  it('go to a colleague who joins too, sealed anew for that console, until the colleague leaves', async () => {
    const colleague = await makeOperatorKey();
    await using viewer = await viewing();
    await using theirs = await viewing(colleague);
    const source = encoder();
    let now: readonly Reader[] = [{ operator: 'op-7' as OperatorAlias, operatorKey: operator.publicKey }];
    let changed = () => {};
    const readers: Readers = {
      all: () => now,
      onChange(told) {
        changed = told;
        return { [Symbol.dispose]: () => {} };
      },
    };
    // One relay has both; here each has an end of its own, told apart as the relay tells them apart.
    await using door = await listenFor(viewer.url, (path) => (path.includes('reader=op-8') ? theirs.url : undefined));
    const { running, wanted } = publishing(door.url, source.coded(), new AbortController().signal, { readers });
    await viewer.until('connected');
    source.give(coded(true, 1));
    await viewer.until('key 1 #1');
    now = [...now, { operator: 'op-8' as OperatorAlias, operatorKey: colleague.publicKey }];
    changed();
    await theirs.until('connected');
    expect(wanted).toHaveLength(1);
    source.give(coded(false, 2), coded(true, 3));
    expect(await theirs.until('key 3 #1')).toEqual(['{"type":"picture"}', 'key 3 #1']);
    expect(await viewer.until('key 3 #3')).toEqual(['delta 2 #2', 'key 3 #3']);
    now = now.slice(0, 1);
    changed();
    await theirs.gone;
    source.give(coded(false, 4));
    await viewer.until('delta 4 #4');
    expect(theirs.seen).toEqual([]);
    source.end();
    await running;
  });

  it('stop at once when the look is over, though the relay was never there', async () => {
    const over = new AbortController();
    const source = encoder();
    const { running } = publishing('http://127.0.0.1:9', source.coded(), over.signal);
    over.abort();
    source.give(coded(true, 1));
    await running;
  });
});
