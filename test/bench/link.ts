/** How old the picture is when it has been opened at the viewer's end, over links of several kinds: the unit's own encoder, seal and socket, the relay's own pass. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Cleared } from '@nattfrid/agent/anonymise/cleared';
import type { Coded } from '@nattfrid/agent/encode/coded';
import { encoder } from '@nattfrid/agent/encode/encode';
import { ladderFor, type Shape } from '@nattfrid/agent/encode/shape';
import { spareEncoder } from '@nattfrid/agent/encode/spare';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { mailbox } from '@nattfrid/agent/flow/mailbox';
import { onlyReader } from '@nattfrid/agent/look/readers';
import { linkControl } from '@nattfrid/agent/publish/link-control';
import { publishPictures } from '@nattfrid/agent/publish/pictures';
import { openPass } from '@nattfrid/relay/pass/pass';
import { openDoor } from '@nattfrid/relay/socket/door';
import { openGuests } from '@nattfrid/relay/socket/guests';
import { openRemote } from '@nattfrid/relay/socket/remote';
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { type OpenedLook, openLook } from '@nattfrid/shared/seal/seal-look';
import { readSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { WebSocket } from 'ws';
import { type LinkManner, type NarrowLink, narrowLink } from './narrow-link.ts';

interface Case {
  readonly name: string;
  readonly mode: 'silhouette' | 'clear';
  readonly manner: LinkManner;
  /** Seconds after the start: nothing passes for three seconds. */
  readonly outageAt?: number;
}

const good: LinkManner = {
  kbits: 5000,
  kbitsBack: 20_000,
  delay: milliseconds(25),
  jitter: milliseconds(2),
  loss: 0.001,
};
const poor: LinkManner = { kbits: 600, kbitsBack: 2000, delay: milliseconds(60), jitter: milliseconds(20), loss: 0.02 };
const narrow: LinkManner = { kbits: 250, kbitsBack: 1000, delay: milliseconds(30), jitter: milliseconds(3), loss: 0 };
const cases: readonly Case[] = [
  { name: 'good 4G, clear', mode: 'clear', manner: good },
  { name: 'poor 4G, silhouette', mode: 'silhouette', manner: poor },
  { name: 'poor 4G, clear', mode: 'clear', manner: poor },
  { name: '250 kbit/s, clear', mode: 'clear', manner: narrow },
  { name: '100 kbit/s, clear', mode: 'clear', manner: { ...narrow, kbits: 100 } },
  { name: 'good 4G, 3 s outage', mode: 'silhouette', manner: good, outageAt: 8 },
  { name: 'poor 4G, 3 s outage', mode: 'silhouette', manner: poor, outageAt: 8 },
];
const outageLasts = seconds(3);

interface Arrival {
  readonly at: number;
  readonly age: number;
}

/** @param length seconds of each case @param clip what is shown, as it is: the most that a look can cost */
export async function benchLink(clip: string, length: number): Promise<void> {
  const ffmpeg = await findFfmpeg(process.env);
  const frames = await framesOf(ffmpeg, clip);
  console.log(`${clip}, ${length} s each; age in ms from the picture's moment to its being opened at the viewer's end`);
  console.log(
    `${'link'.padEnd(24)}${['median', '95th', 'most', 'pictures/s', 'kbit/s', 'longest gap'].map((head) => head.padStart(12)).join('')}   steps`,
  );
  for (const one of cases) await measure(one, frames, ffmpeg, length);
}

async function measure(one: Case, frames: readonly Uint8Array[], ffmpeg: string, length: number): Promise<void> {
  await using relay = await passAlone();
  await using link = await narrowLink(relay.address, one.manner, { clock, random: Math.random });
  const over = new AbortController();
  const steps: string[] = [];
  const began = clock.now();
  const arrivals: Arrival[] = [];
  const operator = await makeOperatorKey();
  const unit = await makeSignKey();
  const { look } = relay;
  using _viewer = watchAsConsole(relay.address, look, operator, unit.publicKey, (sentAt) =>
    arrivals.push({ at: clock.now() - began, age: clock.now() - sentAt }),
  );
  const told = (shape: Shape) => steps.push(`${shape.kbits}@${((clock.now() - began) / 1000).toFixed(1)}`);
  const ladder = ladderFor(one.mode);
  await using spare = spareEncoder({ ffmpeg, clock, log: silent }, over.signal);
  spare.prepare(ladder[0]);
  const control = linkControl(ladder, (shape) => {
    told(shape);
    coding.want(shape);
  });
  const mayEncode = () => control.mayEncode(clock.now());
  const coding = encoder({ ffmpeg, shape: ladder[0], spare, clock, log: silent, mayEncode });
  const box = mailbox<Cleared>(2);
  let number = 0;
  using _camera = clock.every(milliseconds(100), () => {
    const i420 = frames[number++ % frames.length]!;
    box.put({ type: 'picture', at: clock.now(), mode: one.mode, width: 640, height: 360, i420 } as unknown as Cleared);
  });
  const reader = { operator: 'op-1' as OperatorAlias, operatorKey: operator.publicKey };
  const publishing = publishPictures(
    {
      relayUrl: link.address,
      unit: 'unit-1' as UnitId,
      token: 'bench',
      look: {
        ...reader,
        look,
        reason: { type: 'window', window: 'bench' },
        mode: one.mode,
        until: after(clock.now(), minutes(5)),
      },
      readers: onlyReader(reader),
      unitPrivateKey: unit.privateKey,
      coded: stamped(coding.stage(box, over.signal)),
      control,
      wantKey: coding.wantKey,
      clock,
      random: Math.random,
      log: silent,
    },
    over.signal,
  );
  const back = await play(link, one, length);
  over.abort();
  box.close();
  await publishing;
  print(one, arrivals, link.passed, length, steps, back && back - began);
}

async function play(link: NarrowLink, { outageAt }: Case, length: number): Promise<number | undefined> {
  if (outageAt === undefined) {
    await clock.sleep(seconds(length));
    return undefined;
  }
  await clock.sleep(seconds(outageAt));
  link.outage(true);
  await clock.sleep(outageLasts);
  link.outage(false);
  const back = clock.now();
  await clock.sleep(seconds(Math.max(4, length - outageAt - 3)));
  return back;
}

/** The moment of the picture stands behind its last slice, where a decoder would not look for it. */
async function* stamped(coded: AsyncIterable<Coded>): AsyncGenerator<Coded, void> {
  for await (const one of coded) {
    if (one.type !== 'coded') {
      yield one;
      continue;
    }
    const data = new Uint8Array(one.data.length + 8);
    data.set(one.data);
    new DataView(data.buffer).setFloat64(one.data.length, one.at);
    yield { ...one, data };
  }
}

function print(
  { name }: Case,
  arrivals: readonly Arrival[],
  bytes: number,
  length: number,
  steps: readonly string[],
  back: number | undefined,
): void {
  const ages = arrivals.map(({ age }) => age).toSorted((a, b) => a - b);
  const at = (share: number) => ages[Math.min(ages.length - 1, Math.floor(ages.length * share))] ?? Number.NaN;
  const gaps = arrivals.slice(1).map((one, index) => one.at - arrivals[index]!.at);
  const figures = [at(0.5), at(0.95), at(1), arrivals.length / length, (bytes * 8) / 1000 / length, Math.max(...gaps)];
  const digits = [0, 0, 0, 1, 0, 0];
  const cells = figures.map((figure, index) => figure.toFixed(digits[index]).padStart(12)).join('');
  console.log(`${name.padEnd(24)}${cells}   ${steps.join(' ')}`);
  if (back === undefined) return;
  const first = arrivals.find((one) => one.at > back && one.at - one.age > back - 200);
  const oldest = Math.max(...arrivals.filter((one) => one.at > back).map(({ age }) => age));
  console.log(
    `${''.padEnd(24)}live again ${first ? Math.round(first.at - back) : '?'} ms after the link's return; oldest picture then ${Math.round(oldest)} ms`,
  );
}

/** The door and the pass of the relay, open for one look. */
async function passAlone(): Promise<AsyncDisposable & { readonly address: string; readonly look: LookId }> {
  const look = randomUUID() as LookId;
  const server = createServer();
  const pass = openPass({ clock, log: silent, figures: { passed: () => {}, dropped: () => {} } });
  pass.open(look, { unit: 'unit-1' as UnitId, operator: 'op-1', shown: () => {} });
  const longest = 512 * 1024 + 1;
  const door = openDoor({
    server,
    guests: openGuests(),
    remote: openRemote([]),
    clock,
    log: silent,
    entrances: {
      [sockets.unit]: { longest, admit: async () => ({ welcome: (socket) => pass.unit(look, socket) }) },
      [sockets.viewer]: { longest, admit: async () => ({ welcome: (socket) => pass.viewer(look, 'op-1', socket) }) },
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    look,
    async [Symbol.asyncDispose]() {
      pass[Symbol.dispose]();
      door[Symbol.dispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens, acknowledges, and says when each picture was made. */
function watchAsConsole(
  address: string,
  look: LookId,
  key: Awaited<ReturnType<typeof makeOperatorKey>>,
  unitPublicKey: Uint8Array<ArrayBuffer>,
  seen: (madeAt: number) => void,
): Disposable {
  const socket = new WebSocket(`${address.replace('http', 'ws')}${sockets.viewer}?look=${look}`);
  let opened: OpenedLook | undefined;
  let before: Promise<void> = Promise.resolve();
  const take = async (bytes: Uint8Array) => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) throw packet;
    if (packet.type === 'opening') {
      const keys = { operatorPrivateKey: key.privateKey, operatorPublicKey: key.publicKey, unitPublicKey };
      const one = await openLook({ opening: packet.opening, look, ...keys });
      if (one instanceof Fault) throw one;
      opened = one;
    }
    if (!opened || (packet.type !== 'key' && packet.type !== 'delta')) return;
    const plain = await opened.open(packet.type, packet.sealed);
    if (plain instanceof Fault) throw plain;
    socket.send(writePicturePacket({ type: 'ack', counter: Number(readSframeHeader(packet.sealed)?.ctr) }));
    seen(new DataView(plain.buffer, plain.byteOffset).getFloat64(plain.length - 8));
  };
  socket.on('message', (bytes: Buffer) => {
    before = before.then(() => take(bytes));
  });
  return { [Symbol.dispose]: () => socket.terminate() };
}

/** Ten seconds of it, ten a second, 640x360, planar. */
async function framesOf(ffmpeg: string, clip: string): Promise<readonly Uint8Array[]> {
  const scale = 'scale=640:360:force_original_aspect_ratio=decrease,pad=640:360:(ow-iw)/2:(oh-ih)/2';
  const words = ['-v', 'error', '-stream_loop', '-1', '-i', clip, '-t', '10', '-vf', `fps=10,${scale},format=yuv420p`];
  const child = spawn(ffmpeg, [...words, '-f', 'rawvideo', 'pipe:1'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const all = new Uint8Array(await buffer(child.stdout));
  const size = 640 * 360 * 1.5;
  return Array.from({ length: Math.floor(all.length / size) }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  );
}
