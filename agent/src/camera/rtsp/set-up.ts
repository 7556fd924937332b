/** SETUP: over TCP, or over UDP where a camera gives nothing else (RFC 2326 §10.4). */
import { seconds } from '@nattfrid/shared/time/duration';
import type { RtspConnection } from './connection.ts';
import type { RtspResponse } from './event.ts';
import { expectWell } from './expect-well.ts';
import { sessionFaults as faults } from './faults.ts';
import { printable } from './target.ts';
import { askFor, type Granted, readTransport, type Way } from './transport.ts';
import { openUdp, type UdpWay } from './udp.ts';

export interface SetUp {
  readonly answer: RtspResponse;
  readonly channels: { readonly channel: number; readonly control: number };
  readonly udp: UdpWay | undefined;
  /** The address that the camera took. */
  readonly used: string;
}

/** For the answer to a TEARDOWN that clears the table for another way. */
const farewellPatience = seconds(1);
/** Statuses by which a camera may say that it has no TCP; 461 does, the others are said by those that do not understand the question. */
const noTcp: readonly number[] = [400, 406, 415, 451, 461, 501, 551];
/** Statuses by which a camera says that it does not know the address. */
const unknown: readonly number[] = [400, 404, 451, 454, 459, 460];

/** @param controls the addresses that the track may have, the likeliest first. @param over UDP at once, for a camera that does not bear TCP */
export async function setUp(connection: RtspConnection, controls: readonly string[], over?: 'udp'): Promise<SetUp> {
  if (over === 'udp') return overUdp(connection, controls);
  const first = await askFirst(connection, controls, { type: 'tcp' });
  if (noTcp.includes(first.answer.status)) return overUdp(connection, controls, first.answer);
  expectWell(first.answer, 'send its pictures over TCP', connection.address);
  const granted = grantedBy(first.answer, { type: 'tcp' }, connection);
  if (granted.type === 'tcp') {
    connection.tell({ channel: granted.channel });
    connection.tell({ channel: granted.control });
    return { ...first, channels: granted, udp: undefined };
  }
  // It promises UDP to nobody's port: that session is given back.
  const id = printable(first.answer.headers.get('session')?.[0]?.split(';', 1)[0] ?? '');
  await connection.ask('TEARDOWN', first.used, id === '' ? {} : { Session: id }, farewellPatience).catch(() => {});
  return overUdp(connection, [first.used]);
}

/** Those that `hand` gives packets of the even and of the odd port. */
const channels = { channel: 0, control: 1 } as const;
/** An RTP header without payload (RFC 3550 §5.1). */
const emptyRtp = Uint8Array.of(0x80, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** @param refusal what the camera said to TCP: told where it says no to UDP too */
async function overUdp(
  connection: RtspConnection,
  controls: readonly string[],
  refusal?: RtspResponse,
): Promise<SetUp> {
  const { own, camera } = connection.ends;
  const ports = await openUdp(own, camera);
  if (!ports) throw faults.noTransport(connection.address, 461);
  try {
    const way = { type: 'udp', port: ports.port } as const;
    const second = await askFirst(connection, controls, way);
    if (second.answer.status >= 300 && refusal) expectWell(refusal, 'send its pictures over TCP', connection.address);
    expectWell(second.answer, 'send its pictures over UDP', connection.address);
    const granted = grantedBy(second.answer, way, connection);
    if (granted.type === 'tcp') throw faults.noTransport(connection.address, second.answer.status);
    // Before PLAY: the first key picture comes at once.
    ports.listen((isControl, payload) => {
      const isRtp = payload.length >= 8 && (payload[0] ?? 0) >> 6 === 2;
      if (isRtp) connection.hand({ type: 'data', channel: isControl ? channels.control : channels.channel, payload });
    });
    // A packet to the camera opens the way for its own through whatever stands in between.
    if (granted.port !== undefined) ports.send(false, emptyRtp, granted.port);
    return { ...second, channels, udp: { ports, controlPort: granted.control } };
  } catch (error) {
    ports[Symbol.dispose]();
    throw error;
  }
}

/** The answer for the first address that the camera knows; for the first of all, where it knows none. */
async function askFirst(connection: RtspConnection, controls: readonly string[], way: Way) {
  let refused: { readonly answer: RtspResponse; readonly used: string } | undefined;
  for (const used of controls) {
    const answer = await connection.ask('SETUP', used, { Transport: askFor(way) });
    if (!unknown.includes(answer.status)) return { answer, used };
    refused ??= { answer, used };
  }
  if (!refused) throw faults.noVideo(connection.address, []);
  return refused;
}

function grantedBy(
  answer: RtspResponse,
  way: Way,
  { address }: RtspConnection,
): Exclude<Granted, { type: 'multicast' }> {
  const granted = readTransport(answer.headers.get('transport')?.[0], way);
  if (granted.type === 'multicast') throw faults.multicast(address);
  return granted;
}
