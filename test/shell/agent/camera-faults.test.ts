/** Every way in which a network camera fails: told in words, with the right name, without a password, and mended by itself. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { keepCamera } from '@nattfrid/agent/camera/keep-camera';
import { openCamera } from '@nattfrid/agent/camera/open-camera';
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { joinUnits, nalType, nalUnits } from '@nattfrid/agent/h264/annex-b';
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { afterAll, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../stand-ins/test-camera/faults.ts';
import { startTestCamera } from '../../stand-ins/test-camera/server.ts';
import { openClipFolder } from '../../support/counted-clip.ts';
import { openLines } from '../../support/lines.ts';

const clips = await openClipFolder();
afterAll(() => clips[Symbol.asyncDispose]());
const file = await clips.draw();
const user = 'anna';
const password = `hemligt-${randomUUID()}`;
const limits = { answer: milliseconds(1500), picture: milliseconds(1500) };

/** Opens it, and once the first picture is there lets something happen. @returns the Fault that it ends with. */
async function endOf(url: string, happens: () => void = () => {}, log: Logger = silent): Promise<Fault> {
  const stop = new AbortController();
  let first = true;
  try {
    for await (const _ of rtspCamera({ url, clock, limits, log }).open(stop.signal)) {
      if (first) happens();
      first = false;
    }
  } catch (error) {
    return asFault(error);
  }
  throw new Error('The camera ended without a word.');
}

/** Something that takes calls and is no camera. */
async function listener(take: (socket: import('node:net').Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `rtsp://${user}:${password}@127.0.0.1:${port}/x`, [Symbol.dispose]: () => void server.close() };
}

describe('a network camera that fails', () => {
  it('with a wrong password', async () => {
    await using server = await startTestCamera({ file, port: 0, user, password: 'another' });
    const { code, message } = await endOf(server.url.replace('another', password));
    expect(code).toBe('camera-refused-login');
    expect(message).toContain('password');
    expect(message).not.toContain(password);
  });

  it('without a password where one is wanted', async () => {
    await using server = await startTestCamera({ file, port: 0, user, password });
    expect((await endOf(`rtsp://127.0.0.1:${server.port}/night`)).code).toBe('camera-refused-login');
  });

  for (const [name, host] of [
    ['where nobody listens', '127.0.0.1:9'],
    ['with no such host', 'no-such-camera.invalid'],
    ['at an address from which nothing comes back', '192.0.2.1'],
  ] as const)
    it(name, async () => {
      const { code, message } = await endOf(`rtsp://${user}:${password}@${host}/x`);
      expect(code).toBe('camera-unreachable');
      expect(message).not.toContain(password);
    });

  for (const [name, fault, code] of [
    ['by offering no H.264', 'wrong-content', 'camera-not-video'],
    ['by taking the call and saying nothing', 'silent', 'camera-silent'],
    ['by hanging up on whoever calls', 'drop', 'camera-dropped'],
    ['by sending rubbish only', 'junk', 'camera-corrupt'],
    ['by never sending a picture', 'stall', 'camera-silent'],
  ] as readonly (readonly [string, FaultKind, string])[])
    it(name, async () => {
      await using server = await startTestCamera({ file, port: 0, user, password });
      server.fault(fault);
      expect((await endOf(server.url)).code).toBe(code);
    });

  for (const [name, fault, code] of [
    ['by sending no more pictures, though it goes on talking', 'stall', 'camera-silent'],
    ['by hanging up', 'drop', 'camera-dropped'],
    ['by sending rubbish in the place of pictures', 'junk', 'camera-corrupt'],
  ] as readonly (readonly [string, FaultKind, string])[])
    it(`in the middle, ${name}`, async () => {
      await using server = await startTestCamera({ file, port: 0, user, password });
      const found = await endOf(server.url, () => server.fault(fault));
      expect(found.code).toBe(code);
      expect(found.message).not.toContain(password);
    });

  it('by being a web server', async () => {
    using server = await listener((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect((await endOf(server.url)).code).toBe('camera-not-video');
  });

  it('by being something else altogether', async () => {
    using server = await listener((socket) => socket.write('220 mail.example ESMTP\r\n'));
    expect((await endOf(server.url)).code).toBe('camera-not-video');
  });

  it('by pouring out rubbish without end, and the memory does not grow', async () => {
    const rubbish = new Uint8Array(1 << 20).fill(36);
    using server = await listener((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write(rubbish));
      };
      socket.on('drain', pour);
      pour();
    });
    const before = process.memoryUsage.rss();
    expect(['camera-not-video', 'camera-silent', 'camera-corrupt']).toContain((await endOf(server.url)).code);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('for some packets only, and goes on with the next whole picture', async () => {
    await using server = await startTestCamera({ file, port: 0, user, password });
    const stop = new AbortController();
    let count = 0;
    for await (const _ of rtspCamera({ url: server.url, clock }).open(stop.signal)) {
      count++;
      if (count === 5) server.fault('corrupt');
      if (count === 15) server.fault(undefined);
      if (count === 40) stop.abort();
    }
    expect(count).toBe(40);
  });
});

describe('a slow camera', () => {
  it('that sends its pictures in lumps is no fault, and its pictures keep their times', async () => {
    await using server = await startTestCamera({ file, port: 0, user, password });
    server.fault('slow');
    const stop = new AbortController();
    const times: number[] = [];
    for await (const packet of rtspCamera({ url: server.url, clock }).open(stop.signal)) {
      times.push(packet.at);
      if (times.length === 50) stop.abort();
    }
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.max(...gaps.slice(5))).toBeLessThan(150);
  });
});

describe('a camera that sends what cannot be decoded', () => {
  it('is told as blindness and given up', async () => {
    await using server = await startTestCamera({ file, port: 0 });
    /** Its pictures are rubbish behind their first bytes; the parameter sets in front of them are whole. */
    async function* spoilt() {
      for await (const packet of rtspCamera({ url: server.url, clock }).open(stop.signal)) {
        const units = nalUnits(packet.data).map((unit) =>
          nalType(unit) > 5 ? unit : unit.map((byte, at) => (at ? (at * 73) & 255 : byte)),
        );
        yield { ...packet, data: joinUnits(units) };
      }
    }
    const stop = new AbortController();
    const log = openLines();
    const pool = openPool(log);
    const given = Promise.withResolvers<Fault>();
    const stage = decode({
      ffmpeg: await findFfmpeg(process.env),
      pace: pace(),
      log,
      clock,
      pool,
      undecodable: given.resolve,
    });
    const gaps = new Set<string>();
    const reading = (async () => {
      for await (const one of stage(spoilt(), stop.signal)) {
        if (one.type === 'gap') gaps.add(one.why);
        else one[Symbol.dispose]();
      }
    })();
    expect((await given.promise).code).toBe('camera-corrupt');
    stop.abort();
    await reading;
    expect([...gaps]).toEqual(['corrupt']);
  });
});

describe('a camera that is kept', () => {
  it('comes back by itself, and says that it was gone; its password stands nowhere', async () => {
    await using server = await startTestCamera({ file, port: 0, user, password });
    const stop = new AbortController();
    const log = openLines();
    const ladder = [{ wait: milliseconds(200), times: 1 }];
    const ffmpeg = await findFfmpeg(process.env);
    const states: string[] = [];
    const camera = keepCamera(openCamera({ url: server.url }, { clock, log, ffmpeg }), {
      clock,
      random: () => 0.5,
      log,
      ladder,
      changed: (state) => {
        states.push(typeof state === 'string' ? state : state.lost.code);
        if (states.length === 3) server.fault(undefined);
      },
    });
    const seen: string[] = [];
    const decoded = decode({ ffmpeg, pace: pace(), log, clock, pool: openPool(log) })(
      camera.open(stop.signal),
      stop.signal,
    );
    let pictures = 0;
    for await (const one of decoded) {
      const what = one.type === 'gap' ? one.why : 'picture';
      if (what !== seen.at(-1)) seen.push(what);
      if (one.type === 'gap') continue;
      one[Symbol.dispose]();
      if (++pictures === 5) server.fault('drop');
      if (pictures === 5) expect(commandLines().filter((line) => line.includes(password))).toEqual([]);
      if (states.includes('camera-dropped') && pictures > 20) stop.abort();
    }
    expect(states.slice(0, 3)).toEqual(['connecting', 'connected', 'camera-dropped']);
    expect(states.at(-1)).toBe('connected');
    expect(seen.slice(0, 4)).toEqual(['camera-lost', 'picture', 'camera-lost', 'picture']);
    expect(log.lines.length).toBeGreaterThan(0);
    expect(log.lines.filter((line) => line.includes(password))).toEqual([]);
  });

  it('tells its blindness again and again for as long as nobody answers', async () => {
    const stop = new AbortController();
    const camera = keepCamera(rtspCamera({ url: 'rtsp://127.0.0.1:9/x', clock }), {
      clock,
      random: () => 0.5,
      log: silent,
      ladder: [{ wait: milliseconds(50), times: 1 }],
    });
    let last = -1;
    let count = 0;
    for await (const one of camera.open(stop.signal)) {
      expect(one).toMatchObject({ type: 'gap', why: 'camera-lost' });
      expect(one.at).toBeGreaterThanOrEqual(last);
      last = one.at;
      if (++count === 4) stop.abort();
    }
    expect(count).toBe(4);
  });

  it('is opened anew when somebody finds its pictures no good', async () => {
    await using server = await startTestCamera({ file, port: 0 });
    const stop = new AbortController();
    const states: string[] = [];
    const camera = keepCamera(rtspCamera({ url: server.url, clock }), {
      clock,
      random: () => 0.5,
      log: silent,
      ladder: [{ wait: milliseconds(50), times: 1 }],
      changed: (state) => {
        states.push(typeof state === 'string' ? state : state.lost.code);
        if (states.filter((one) => one === 'connected').length === 2) stop.abort();
      },
    });
    const { Fault: Words } = await import('@nattfrid/shared/fault/fault');
    let given = false;
    for await (const one of camera.open(AbortSignal.any([stop.signal, AbortSignal.timeout(seconds(30))]))) {
      if (one.type === 'packet' && !given) camera.giveUp(new Words('camera-corrupt', 'No good.'));
      given ||= one.type === 'packet';
    }
    expect(states).toEqual(['connecting', 'connected', 'camera-corrupt', 'connecting', 'connected']);
  });
});

/** Of every process of the machine. */
function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    });
}
