/** Whatever a camera says, its readers give an answer or a Fault: no other exception, no endless loop, no memory without end. */
import { Fault } from '@nattfrid/shared/fault/fault';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorise, challengesOf, schemesOf } from '../../../agent/src/camera/rtsp/digest.ts';
import { type Heard, rtspReader } from '../../../agent/src/camera/rtsp/message.ts';
import { readSdp } from '../../../agent/src/camera/rtsp/sdp.ts';
import { locationOf, maySendTo } from '../../../agent/src/camera/rtsp/sent-on.ts';
import { baseOf } from '../../../agent/src/camera/rtsp/target.ts';
import { readTransport } from '../../../agent/src/camera/rtsp/transport.ts';
import { readRtspUrl } from '../../../agent/src/camera/rtsp/url.ts';

const numRuns = 2000;
/** Words that a reader looks for, with rubbish in between. */
const made = (...words: string[]) =>
  fc
    .array(
      fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 20, unit: 'binary' })),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(''));

const rtsp = made(
  'RTSP/1.0 200 OK\r\n',
  'RTSP/1.0 401 No\n',
  'CSeq: 3\r\n',
  'Content-Length: 9\r\n',
  'Content-Length: -1\r\n',
  'Content-Length: 999999\r\n',
  'Content-Type: application/sdp\r\n',
  '\r\n',
  '\n',
  '\n\n',
  'v=0\r\n',
  'm=video 0 RTP/AVP 96\r\n',
  '$\0\0\x0c\x80`',
  '$\x01\0\x08\x80\xc9',
  'OPTIONS * RTSP/1.0\r\n',
  'PLAY ',
  'A',
  'RTSP/',
);
const sdp = made(
  'v=0\r\n',
  'm=video 0 RTP/AVP 96\r\n',
  'm=video',
  'm=',
  'a=rtpmap:96 H264/90000\r\n',
  'a=rtpmap:97 H265/',
  'a=fmtp:96 ',
  'sprop-parameter-sets=',
  'sprop-vps=',
  'Z0LAHtkA',
  'AAAB',
  ',',
  ';',
  '=',
  'a=control:',
  '*',
  'rtsp://x/',
  '\n',
  '\r',
  '999999999999',
  '26',
);
const url = made(
  'rtsp://',
  'rtsps://',
  'anna',
  ':',
  '@',
  '/',
  '?',
  '#',
  '%',
  '%41',
  '[::1]',
  '10.0.0.5',
  'cam',
  '554',
  '70000',
  ' ',
  '\r\n',
);
const challenge = made(
  'Digest ',
  'Basic ',
  'realm=',
  '"',
  '\\',
  'nonce="1"',
  ',',
  'qop=auth-int',
  'algorithm=SHA-512-256',
  '-sess',
  'userhash=true',
  'stale=true',
  '=',
);

describe('whatever a camera says', () => {
  it('in RTSP', () =>
    fc.assert(
      fc.property(
        rtsp,
        fc.array(fc.constantFrom<Heard>('pause', 'describing', { channel: 200 }), { maxLength: 3 }),
        fc.nat(),
        (text, told, cut) => {
          const bytes = Buffer.from(text, 'latin1');
          const at = bytes.length === 0 ? 0 : cut % bytes.length;
          let state = rtspReader.initial;
          let given = 0;
          for (const heard of [
            ...told,
            bytes.subarray(0, at),
            'pause' as const,
            bytes.subarray(at),
            ...Array<'pause'>(15).fill('pause'),
          ]) {
            const [next, events] = rtspReader.step(state, heard);
            state = next;
            for (const event of events)
              given +=
                event.type === 'junk' ? event.bytes : event.type === 'data' ? event.payload.length : event.body.length;
            expect(state.rest.length).toBeLessThanOrEqual(bytes.length);
          }
          expect(given).toBeLessThanOrEqual(bytes.length);
          expect(state.waiting).toBe(false);
        },
      ),
      { numRuns },
    ));

  it('in a session description', () =>
    fc.assert(
      fc.property(sdp, (text) => {
        const { track, controls } = readSdp(text, 'rtsp://cam/live');
        expect((track?.sets ?? []).every((set) => set.length <= 4096)).toBe(true);
        expect(controls.length).toBeLessThanOrEqual(3);
        for (const control of controls) expect(control).toMatch(/^rtsps?:\/\/\S*$/i);
      }),
      { numRuns },
    ));

  it('in an address of its own', () =>
    fc.assert(
      fc.property(url, url, (one, other) => {
        baseOf(one, 'rtsp://cam/live');
        maySendTo(one, other);
        readTransport(one, { type: 'tcp' });
        expect(locationOf(one, 'rtsp://cam/live')?.url ?? '').not.toMatch(/\s/);
      }),
      { numRuns },
    ));

  it('in a challenge', () =>
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (headers) => {
        const [found] = challengesOf(headers);
        expect(schemesOf(headers).join()).toMatch(/^[\w ,-]*$/);
        const asked = { method: 'PLAY', url: 'rtsp://cam/', count: 1, clientNonce: '1' };
        if (found) expect(authorise(found, { user: 'anna', password: 'x' }, asked)).not.toMatch(/[\r\n]/);
      }),
      { numRuns },
    ));

  it('and whatever a technician types as its address', () =>
    fc.assert(
      fc.property(url, (text) => {
        try {
          const address = readRtspUrl(text);
          expect(address.url).toMatch(/^rtsps?:\/\/\S+$/);
          expect(address.host.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns },
    ));

  for (const [name, piece] of [
    ['a message that never ends', 'OPTIONS * RTSP/1.0\r\nX: y\r\n'],
    ['a description that never ends', 'a=x\r\n'],
    ['packets that are none', '$$$$$$$$'],
    ['capitals', 'RTSP'],
    ['empty lines', '\r\n'],
  ] as const)
    it(`${name}: nothing piles up, and it takes no time`, () => {
      let state = rtspReader.initial;
      const head = 'RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n';
      [state] = rtspReader.step(state, Buffer.from(name.startsWith('a desc') ? head : ''));
      const chunk = Buffer.from(piece.repeat(Math.ceil(4000 / piece.length)));
      const began = process.cpuUsage();
      for (let turn = 0; turn < 500; turn++) [state] = rtspReader.step(state, chunk);
      expect(state.rest.length).toBeLessThan(280 * 1024);
      expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
    });
});
