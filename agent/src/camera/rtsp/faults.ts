/** Pure. What is said of a camera that fails, to a technician beside it: what was seen, and what to set. No name holds credentials. */

import { Fault, type FaultCode } from '@nattfrid/shared/fault/fault';
import { codecNames } from '../../codec/codec.ts';
import type { RtspAddress } from './url.ts';

type Named = Pick<RtspAddress, 'name'>;

const fault = (
  code: FaultCode,
  { name }: Named,
  words: string,
  more: { cause?: unknown; status?: number } = {},
): Fault =>
  new Fault(code, words, {
    ...(more.cause !== undefined && { cause: more.cause }),
    fields: { camera: name, ...(more.status !== undefined && { status: more.status }) },
  });

/** What a camera says, in a message of ours: short, and nothing but printable letters. */
export const quoted = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 60);

export const connectionFaults = {
  unreachable: (to: Named, cause: unknown) =>
    fault(
      'camera-unreachable',
      to,
      `Nobody answers at the camera's address ${to.name}. Is it switched on, is the cable in, is the address right?`,
      { cause },
    ),
  silent: (to: Named) =>
    fault('camera-silent', to, `The camera ${to.name} took the call and then said nothing. Restart the camera.`),
  hungUp: (to: Named) =>
    fault('camera-dropped', to, `The camera ${to.name} hung up instead of answering. Does it allow one more viewer?`),
  closed: (to: Named) => fault('camera-dropped', to, `The camera ${to.name} has closed the connection.`),
  notRtsp: (to: Named) =>
    fault('camera-not-video', to, `What answers at ${to.name} does not speak RTSP. Is that the camera's RTSP port?`),
  noTls: (to: Named, cause: unknown) =>
    fault(
      'camera-not-trusted',
      to,
      `The camera ${to.name} answers, and does not speak TLS 1.2 or newer, as rtsps wants it. Is that its RTSPS port (usually 322)? Else write rtsp:// in its address.`,
      { cause },
    ),
  notTrusted: (to: Named, seen: string) =>
    fault(
      'camera-not-trusted',
      to,
      `Nobody known vouches for the certificate of the camera ${to.name}. If its SHA-256 is ${seen} on the camera's own page too, put that into the setting camera.certificate.`,
    ),
  otherCertificate: (to: Named, seen: string) =>
    fault(
      'camera-not-trusted',
      to,
      `The camera ${to.name} shows another certificate than the setting camera.certificate says: its SHA-256 is ${seen}. Was the camera exchanged or reset? Else somebody stands in between.`,
    ),
} as const;

export const loginFaults = {
  wrong: (to: Named, times: number) =>
    fault(
      'camera-refused-login',
      to,
      times < 3
        ? `The camera ${to.name} refuses the user name or the password. Correct them in the unit's configuration.`
        : `The camera ${to.name} refuses the user name or the password, ${times} times by now. Correct them in the unit's configuration. If they are right, the camera may have locked the user after too many tries: wait half an hour, or restart it.`,
    ),
  wanted: (to: Named) =>
    fault(
      'camera-refused-login',
      to,
      `The camera ${to.name} wants a user name and a password. Put them into the unit's configuration.`,
    ),
  unknownWay: (to: Named, ways: readonly string[]) =>
    fault(
      'camera-refused-login',
      to,
      `The camera ${to.name} wants a login by ${quoted(ways.join(' or '))}, which the unit does not know. Set its RTSP authentication to Digest.`,
    ),
  forbidden: (to: Named) =>
    fault(
      'camera-refused-login',
      to,
      `This user may not see the pictures of the camera ${to.name} (it answers 403). Give the user the right to the live picture; or it has locked the user after too many tries: wait half an hour.`,
      { status: 403 },
    ),
} as const;

export const sessionFaults = {
  busy: (to: Named, status: number) =>
    fault(
      'camera-busy',
      to,
      `The camera ${to.name} has no room for one more viewer (it answers ${status}). Close other programs, recorders and apps that watch it, or allow more viewers in its settings.`,
      { status },
    ),
  noSuchPath: (to: Named) =>
    fault(
      'camera-not-video',
      to,
      `The camera ${to.name} knows no pictures under this path (it answers 404). Correct the path in its address.`,
      { status: 404 },
    ),
  notNow: (to: Named, what: string, status: number) =>
    fault('camera-unreachable', to, `The camera ${to.name} cannot ${what} at present (it answers ${status}).`, {
      status,
    }),
  willNot: (to: Named, what: string, status: number) =>
    fault('camera-not-video', to, `The camera ${to.name} will not ${what} (it answers ${status}).`, { status }),
  noTransport: (to: Named, status: number) =>
    fault(
      'camera-not-video',
      to,
      `The camera ${to.name} sends its pictures neither over TCP nor over UDP to one viewer (it answers ${status}). Switch on RTSP over TCP in its settings.`,
      { status },
    ),
  udpSilent: (to: Named) =>
    fault(
      'camera-silent',
      to,
      `The camera ${to.name} gives its pictures over UDP only, and none arrives. Switch on RTSP over TCP in the camera, or let UDP from it through the firewall.`,
    ),
  multicast: (to: Named) =>
    fault(
      'camera-not-video',
      to,
      `The camera ${to.name} sends its pictures by multicast only. Switch multicast off in its settings, or choose a stream without it.`,
    ),
  noVideo: (to: Named, codecs: readonly string[]) =>
    fault(
      'camera-not-video',
      to,
      codecs.length === 0
        ? `The camera ${to.name} sends no video at all under this path. Correct the path in its address, or switch its video on.`
        : `The camera ${to.name} sends video as ${quoted(codecs.join(' and '))} only, which the unit cannot show. Set it to ${codecNames.h264}.`,
    ),
  otherCodec: (to: Named, said: string, sent: string) =>
    fault(
      'camera-not-video',
      to,
      `The camera ${to.name} says that it sends ${said}, and sends ${sent}. Set the codec of this stream anew in the camera (to ${codecNames.h264}), and restart it.`,
    ),
  over: (to: Named) => fault('camera-dropped', to, `The camera ${to.name} has ended the session by itself.`),
  changed: (to: Named) =>
    fault('camera-dropped', to, `The camera ${to.name} has changed what it sends; it is asked anew.`),
  moved: (to: Named, where: string) =>
    fault(
      'camera-dropped',
      to,
      `The camera ${to.name} sends its viewers on to ${quoted(where) || 'another address'}. If it stays so, put that address into the unit's configuration.`,
    ),
  sentAway: (to: Named, where: string) =>
    fault(
      'camera-not-video',
      to,
      `The camera ${to.name} sends the unit on to ${quoted(where) || 'nowhere'}, where it does not go by itself. If that is right, put that address into the unit's configuration.`,
    ),
  sentInCircles: (to: Named) =>
    fault(
      'camera-not-video',
      to,
      `The camera ${to.name} sends the unit on from address to address. Correct its address.`,
    ),
} as const;
