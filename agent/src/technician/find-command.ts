/** `npm run camera -- find`: which cameras are in the unit's networks, who made them, and which addresses their streams have. */
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { profileOf, profiles } from '../camera/profiles.ts';
import type { GivenLogin } from '../camera/rtsp/with-login.ts';
import type { DescribedCamera } from '../onvif/describe.ts';
import { discoverCameras, type FoundCamera } from '../onvif/discover.ts';
import { type CameraCommand, exits, type Surroundings } from './command.ts';
import { givenLogin, loginHelp, loginOptions } from './given-login.ts';
import { proposedStreams } from './proposed-streams.ts';
import { reachOnvif } from './reach-onvif.ts';
import { bitsWords, codecWords, keyWords, rateWords, sizeWords } from './stream-words.ts';
import { table } from './table.ts';

const usualSeconds = 5;

const help = `Usage: npm run camera -- find [options]

Asks the networks of this computer for cameras that speak ONVIF (WS-Discovery), and lists who answers: maker, model, address.
With a login it asks each of them for its streams as well: address, codec, size, pictures a second, distance of key pictures.
Nothing is changed, and no picture is fetched. A camera on which ONVIF is off does not answer: allow it on the camera's page.

${loginHelp}
                 The same login is shown to every camera that answers: better only where there is one
  --interface NAME
                 asks this network only, such as eth0; may be given several times (all but the loopback)
  --seconds N    waits so long for answers, 1 to 60 (${usualSeconds})
  --json         one JSON array instead of words
  --help

Exit: 0 cameras were found; 2 wrong arguments; 3 none answered.`;

interface Listed extends FoundCamera {
  readonly described?: DescribedCamera;
  /** Why it could not be asked more. */
  readonly refused?: Fault;
}

async function run(args: readonly string[], { print, progress, environment, signal }: Surroundings): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...loginOptions,
      interface: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const length = Number(values.seconds ?? usualSeconds);
  if (!(length >= 1 && length <= 60)) throw new Fault('request-invalid', '--seconds takes a number from 1 to 60.');
  const through = networks(values.interface);
  const began = clock.steady();
  const waiting = clock.every(seconds(1), () =>
    progress(`searching: ${Math.round((clock.steady() - began) / 1000)} of ${length} s, on ${through.join(', ')}`),
  );
  const found = await discoverCameras(through, { clock, length: milliseconds(length * 1000) }, signal);
  waiting[Symbol.dispose]();
  const login = givenLogin(values, environment);
  const listed: Listed[] = [];
  for (const camera of found) {
    progress(`asking ${listed.length + 1} of ${found.length}: ${camera.addresses[0]}`);
    listed.push(login.user === undefined ? camera : await asked(camera, login, signal));
  }
  for (const line of values.json ? [JSON.stringify(listed.map(asJson), null, 2)] : asWords(listed, through))
    print(line);
  return listed.length > 0 ? exits.well : exits.refused;
}

export const findCommand: CameraCommand = {
  ...{ usage: 'find', does: 'lists the cameras in the network: maker, model, streams (ONVIF)', help, run },
};

/** @throws Fault `request-invalid` for a network that there is not */
function networks(wanted: readonly string[] | undefined): readonly string[] {
  const all = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.filter((one) => one.family === 'IPv4').map(({ internal }) => ({ name, internal })),
  );
  const known = [...new Set(all.map((one) => one.name))];
  const strange = wanted?.find((one) => !known.includes(one));
  if (strange !== undefined)
    throw new Fault('request-invalid', `There is no network «${strange}» here. There are: ${known.join(', ')}.`);
  return wanted ?? [...new Set(all.filter((one) => !one.internal).map((one) => one.name))];
}

async function asked(camera: FoundCamera, login: GivenLogin, signal: AbortSignal): Promise<Listed> {
  const [url = ''] = camera.addresses.filter((one) => one.startsWith('http:'));
  try {
    const { described } = await reachOnvif({ url, login }, { clock, trying: () => {} }, signal);
    return { ...camera, described };
  } catch (error) {
    return { ...camera, refused: asFault(error) };
  }
}

function asWords(listed: readonly Listed[], through: readonly string[]): readonly string[] {
  if (listed.length === 0)
    return [
      `No camera answered on ${through.join(', ') || 'any network (this computer is in none)'}. Is the camera on, in the same network, and is ONVIF allowed on its page?`,
    ];
  const head = ['maker', 'model', 'address', 'profile'];
  const rows = listed.map((one) => {
    const maker = one.described?.maker ?? one.name ?? '?';
    const profile = profileOf(maker) ?? profileOf(one.name ?? '') ?? '-';
    return [maker, one.described?.model ?? one.hardware ?? '?', one.addresses[0] ?? '?', profile];
  });
  const more = listed.flatMap((one): readonly string[] => {
    const title = `${one.described?.maker ?? one.name ?? '?'} ${one.described?.model ?? one.hardware ?? ''}`.trim();
    if (one.refused) return ['', `${title}: ${one.refused.message}`];
    if (!one.described) return [];
    const streams = one.described.streams.map((stream) => [
      ...[`  ${stream.name || stream.profile}`, stream.url ?? 'no address'],
      ...[codecWords(stream), sizeWords(stream), rateWords(stream), keyWords(stream), bitsWords(stream)],
    ]);
    const profile = profileOf(one.described.maker);
    const toSee = profile ? [`  ${profiles[profile].hint}`] : [];
    const { url, lookUrl } = proposedStreams(one.described.streams);
    const settings = [
      ...(url ? [['  camera.url', url, 'watched all night']] : []),
      ...(lookUrl ? [['  camera.lookUrl', lookUrl, 'opened for a look that shows more than a silhouette']] : []),
    ];
    return ['', `${title}, firmware ${one.described.firmware}`, ...table(streams), ...table(settings), ...toSee];
  });
  const hint = listed.some((one) => one.described)
    ? ['', 'Next: npm run camera -- check ADDRESS OF A STREAM --user NAME']
    : ['', 'With --user and --password each is asked for its streams.'];
  return [...table([head, ...rows]), ...more, ...hint];
}

const asJson = ({ refused, described, ...one }: Listed) => ({
  ...one,
  profile: profileOf(described?.maker ?? one.name ?? '') ?? null,
  ...(described && { described, proposed: proposedStreams(described.streams) }),
  ...(refused && { refused: { code: refused.code, words: refused.message } }),
});
