/** The small decisions of a conversation with a camera: whose answer, which way, which address, how to stay. */
import { run } from '@nattfrid/shared/machine/machine';
import { describe, expect, it } from 'vitest';
import { fearing, type KeepAliveEvent, keepAlive, keepAliveEvery } from '../../../agent/src/camera/rtsp/keep-alive.ts';
import { requestOf } from '../../../agent/src/camera/rtsp/outstanding.ts';
import { locationOf, maySendTo } from '../../../agent/src/camera/rtsp/sent-on.ts';
import { baseOf } from '../../../agent/src/camera/rtsp/target.ts';
import { readTransport } from '../../../agent/src/camera/rtsp/transport.ts';

describe('an answer belongs to', () => {
  const open = [
    { sequence: 1, method: 'OPTIONS', givenUp: true },
    { sequence: 2, method: 'DESCRIBE' },
    { sequence: 3, method: 'SETUP' },
  ];
  for (const [name, cseq, body, expected, status = 200] of [
    ['the request that it counts', '3', '', 3],
    ['the oldest that somebody waits for, where it counts none', undefined, '', 2],
    ['the oldest, where it counts one that there is not', '77', '', 2, 404],
    ['none, where it counts one that is answered, and describes nothing', '77', '', undefined, 200],
    ['one that was given up, where it counts that', '1', '', 1],
    ['DESCRIBE, where it describes, whatever it counts', '1', 'v=0\r\n', 2],
  ] as readonly (readonly [string, string | undefined, string, number | undefined, number?])[])
    it(name, () => {
      const headers = new Map(cseq === undefined ? [] : [['cseq', [cseq]]]);
      expect(requestOf(open, { type: 'response', status, headers, body })?.sequence).toBe(expected);
    });
});

describe('a Transport', () => {
  const udp = { type: 'udp', port: 6000 } as const;
  for (const [header, asked, expected] of [
    ['RTP/AVP/TCP;unicast;interleaved=0-1', 'tcp', { type: 'tcp', channel: 0, control: 1 }],
    ['rtp/avp/tcp; Interleaved = 2 - 3', 'tcp', { type: 'tcp', channel: 2, control: 3 }],
    ['RTP/AVP/TCP;interleaved=6', 'tcp', { type: 'tcp', channel: 6, control: 7 }],
    ['RTP/AVP;unicast;interleaved=0-1', 'tcp', { type: 'tcp', channel: 0, control: 1 }],
    ['RTP/AVP/TCP;interleaved=900-901', 'tcp', { type: 'tcp', channel: 0, control: 1 }],
    ['', 'tcp', { type: 'tcp', channel: 0, control: 1 }],
    ['RTP/AVP;unicast;client_port=6000-6001;server_port=7000-7001', 'tcp', { type: 'udp', port: 7000, control: 7001 }],
    ['RTP/AVP/UDP;unicast', 'tcp', { type: 'udp', port: undefined, control: undefined }],
    ['RTP/AVP;multicast;destination=239.1.1.1;port=9-10', 'tcp', { type: 'multicast' }],
    ['RTP/AVP;unicast;server_port=7000', 'udp', { type: 'udp', port: 7000, control: 7001 }],
    ['RTP/AVP;unicast;server_port=70000-0', 'udp', { type: 'udp', port: undefined, control: undefined }],
    ['RTP/AVP/TCP;interleaved=0-1', 'udp', { type: 'tcp', channel: 0, control: 1 }],
  ] as const)
    it(`«${header}», where ${asked} was asked for`, () =>
      expect(readTransport(header, asked === 'tcp' ? { type: 'tcp' } : udp)).toEqual(expected));
});

describe('the base of a description', () => {
  const asked = 'rtsp://10.0.0.5:554/live?ch=1';
  for (const [given, expected] of [
    [undefined, asked],
    ['', asked],
    ['rtsp://10.0.0.5/live/', 'rtsp://10.0.0.5/live/'],
    ['rtsp://anna:secret@10.0.0.5/live/', 'rtsp://10.0.0.5/live/'],
    ['/live/', 'rtsp://10.0.0.5:554/live/'],
    ['//10.0.0.5/live/', 'rtsp://10.0.0.5/live/'],
    ['10.0.0.5:554/live/', 'rtsp://10.0.0.5:554/live/'],
    ['live/', asked],
  ] as const)
    it(`given as «${given}»`, () => expect(baseOf(given, asked)).toBe(expected));
});

describe('a camera may send the unit', () => {
  for (const [camera, target, expected] of [
    ['192.168.1.5', '192.168.1.5', 'itself'],
    ['::ffff:192.168.1.5', '192.168.1.5', 'itself'],
    ['192.168.1.5', '192.168.1.77', 'neighbour'],
    ['192.168.1.5', '192.168.2.77', 'nobody'],
    ['192.168.1.5', '127.0.0.1', 'nobody'],
    ['192.168.1.5', '::1', 'nobody'],
    ['192.168.1.5', '::ffff:127.0.0.1', 'nobody'],
    ['192.168.1.5', '169.254.169.254', 'nobody'],
    ['192.168.1.5', '8.8.8.8', 'nobody'],
    ['fe80::1%eth0', 'fe80::2', 'neighbour'],
    ['2001:db8:1:2::5', '2001:db8:1:2:0::5', 'itself'],
    ['2001:db8:1:2::5', '2001:db8:1:3::5', 'nobody'],
    ['', '', 'nobody'],
  ] as const)
    it(`from ${camera} to ${target}: ${expected}`, () => expect(maySendTo(camera, target)).toBe(expected));

  for (const [given, expected] of [
    ['rtsp://10.0.0.7/x', 'rtsp://10.0.0.7:554/x'],
    ['rtsp://a:b@10.0.0.7:8554/x?y', 'rtsp://10.0.0.7:8554/x?y'],
    ['/other', 'rtsp://cam:554/other'],
    ['rtsps://cam/x', 'rtsps://cam:322/x'],
    ['http://10.0.0.7/', undefined],
    ['rtsp://10.0.0.7/x y', undefined],
    ['rtsp://10.0.0.7:0/', undefined],
    ['rtsp://user@host@x/', 'rtsp://x:554/'],
    ['', undefined],
  ] as const)
    it(`by «${given}»`, () => expect(locationOf(given, 'rtsp://cam:554/live')?.url).toBe(expected));
});

describe('a session is kept alive', () => {
  const due: KeepAliveEvent = { type: 'due' };
  const said = (status: number): KeepAliveEvent => ({ type: 'answered', status });
  const [get, options, set] = ['GET_PARAMETER', 'OPTIONS', 'SET_PARAMETER'] as const;
  for (const [name, known, events, expected] of [
    ['by what the camera knows', 'OPTIONS, GET_PARAMETER', [due, said(200), due], [get, get]],
    ['by what every camera knows', 'OPTIONS, PLAY', [due, said(200), due], [options, options]],
    ['by the next way at once, where one is refused', get, [due, said(501), said(200), due], [get, options, options]],
    ['by each way once, where all are refused', get, [due, said(501), said(400), said(405)], [get, options, set]],
    ['by the first way again after that', get, [due, said(501), said(400), said(405), due], [get, options, set, get]],
    ['by the next way, where one is not answered twice', get, [due, due, due], [get, get, options]],
    ['with the new login, where the old one is too old', get, [due, said(401), said(200)], [get, get]],
    ['without end where no login helps', get, [due, said(401), said(401), said(401)], [get, get, get]],
  ] as const)
    it(name, () => expect(run(keepAlive(known), events).effects).toEqual(expected));

  it('by another way after each session that ended by itself, until all have had their turn', () => {
    let feared: ReturnType<typeof fearing> = [];
    const ways = Array.from({ length: 4 }, () => {
      const way = run(keepAlive(get, feared), [due]).effects[0] ?? get;
      feared = fearing(feared, way);
      return way;
    });
    expect(ways).toEqual([get, options, set, get]);
  });

  for (const [session, expected] of [
    ['7', 30],
    ['7;timeout=60', 30],
    ['7; Timeout = 10', 5],
    ['7;timeout=0', 30],
    ['7;timeout=1', 1],
    ['7;timeout=86400', 30],
  ] as const)
    it(`every ${expected} s for «${session}»`, () => expect(keepAliveEvery(session)).toBe(expected * 1000));
});
