/** Asks a camera what it sends, and goes on where it sends the unit to, within bounds. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { RtspConnection } from './connection.ts';
import type { RtspResponse } from './event.ts';
import { expectWell } from './expect-well.ts';
import { sessionFaults as faults } from './faults.ts';
import { locationOf, maySendTo } from './sent-on.ts';
import { ipOf } from './socket.ts';

const mostRedirects = 3;
/** For a name in a Location. */
const namePatience = seconds(3);

/** @throws Fault: those of the connection; `camera-not-video`, where the camera sends the unit to where it may not go */
export async function describe(connection: RtspConnection, clock: Clock): Promise<RtspResponse> {
  for (let turn = 0; turn <= mostRedirects; turn++) {
    const answer = await connection.ask('DESCRIBE', connection.address.url, { Accept: 'application/sdp' });
    if (answer.status < 300 || answer.status >= 400)
      return expectWell(answer, 'describe its pictures', connection.address);
    await goOn(connection, answer.headers.get('location')?.[0] ?? '', clock);
  }
  throw faults.sentInCircles(connection.address);
}

async function goOn(connection: RtspConnection, location: string, clock: Clock): Promise<void> {
  const { address, ends } = connection;
  const target = locationOf(location, address.url);
  const ip = target && (await ipOf(target.host, clock, namePatience));
  const whose = ip === undefined ? 'nobody' : maySendTo(ends.camera, ip);
  // Nor from an encrypted connection to one that is not.
  if (!target || ip === undefined || whose === 'nobody' || (address.secure && !target.secure))
    throw faults.sentAway(address, target ? `${target.host}:${target.port}` : location);
  const name = `${target.host}:${target.port}`;
  const credentials = whose === 'itself' ? address.credentials : undefined;
  // By its IP address, so that the name means nobody else by now.
  await connection.follow({ ...target, host: ip, name, credentials }, whose === 'itself');
}
