/** `npm run camera -- set URL`: sets something in one stream of a camera by ONVIF, on a technician's word, and shows before and after. */
import { parseArgs } from 'node:util';
import { Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { printDuration } from '@nattfrid/shared/time/duration';
import { type CameraStream, type DescribedCamera, describeCamera } from '../onvif/describe.ts';
import type { EncoderChange } from '../onvif/messages.ts';
import { setEncoder, setTime } from '../onvif/set.ts';
import { numberWithin, oneAddress } from './arguments.ts';
import { type CameraCommand, exits, type Surroundings } from './command.ts';
import { givenLogin, loginHelp, loginOptions } from './given-login.ts';
import { reachOnvif, streamMeant } from './reach-onvif.ts';
import { bitsWords, codecWords, keyWords, rateWords, sizeWords } from './stream-words.ts';
import { table } from './table.ts';

const help = `Usage: npm run camera -- set URL [options]

Shows what is set in a stream of a camera (by ONVIF); with one of the first six options, sets it and shows before and after.
Nothing else is touched. A smart codec (H.264+, H.265+, Zipstream) is no part of ONVIF: switch it off on the camera's page.

  URL            address of the stream (rtsp://…), or of the camera's ONVIF service (http://192.0.2.5/onvif/device_service)
  --key-interval S
                 a whole picture every S seconds; 1 or 2 is right
  --rate N       pictures a second at most; 10 to 15 is right
  --size WxH     such as 1280x720
  --codec NAME   h264 or h265; h265 where the camera speaks Media2
  --kilobits N   kbit/s at most
  --time now     sets the camera's clock to this computer's
  --stream NAME  which stream, where the address does not say it
  --onvif URL    the ONVIF service, where it is not found at one of the usual ports
${loginHelp}
  --help

Exit: 0 it is set (or nothing was to be set); 1 the camera took it otherwise; 2 wrong arguments; 3 the camera refused, or did not answer.

Example:
  npm run camera -- set rtsp://anna@192.0.2.5/stream2 --key-interval 1 --rate 12 --codec h264`;

async function run(args: readonly string[], { print, progress, environment, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...loginOptions,
      ...{ 'key-interval': { type: 'string' }, rate: { type: 'string' }, size: { type: 'string' } },
      ...{ codec: { type: 'string' }, kilobits: { type: 'string' }, time: { type: 'string' } },
      ...{ stream: { type: 'string' }, onvif: { type: 'string' } },
    },
  });
  const url = oneAddress(positionals, { command: 'set' });
  const wanted = readWanted(values);
  if (values.time !== undefined && values.time !== 'now') throw new Fault('request-invalid', '--time takes «now».');
  const login = givenLogin(values, environment);
  const trying = (name: string) => progress(`asking ${name}`);
  const { target, described } = await reachOnvif({ url, onvif: values.onvif, login }, { clock, trying }, signal);
  const stream = streamMeant(described, { url, name: values.stream });
  const change = changeOf(wanted, stream);
  if (change === undefined && values.time === undefined) {
    for (const line of shown(described, [stream])) print(line);
    return exits.well;
  }
  progress('setting');
  if (values.time !== undefined) await setTime(target, clock, signal);
  if (change !== undefined) {
    if (stream.encoder === undefined)
      throw new Fault('camera-not-video', 'This camera lets nobody set this stream by ONVIF: set it on its page.');
    await setEncoder(target, stream.encoder, change, clock, signal);
  }
  progress('reading what is set now');
  const after = await describeCamera(target, clock, signal);
  const now = streamMeant(after, { url, name: stream.profile });
  for (const line of shown(after, [stream, now])) print(line);
  const others = otherwise(change ?? {}, now);
  if (others.length > 0) print(`\nThe camera took it otherwise: ${others.join(', ')}. Set it on its page.`);
  return others.length > 0 ? exits.toSet : exits.well;
}

export const setCommand: CameraCommand = {
  ...{ usage: 'set URL', does: 'shows and sets codec, key interval, rate, size, bits and clock (ONVIF)', help, run },
};

interface Wanted extends Omit<EncoderChange, 'govLength'> {
  /** Seconds. */
  readonly keyInterval?: number;
}

/** @throws Fault `request-invalid`, with the bounds */
export function readWanted(values: Readonly<Record<string, string | boolean | undefined>>): Wanted {
  const number = (name: string, least: number, most: number): number | undefined => {
    const text = values[name];
    return text === undefined ? undefined : numberWithin(name, text, { least, most });
  };
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(String(values['size'] ?? '')) ?? [];
  if (values['size'] !== undefined && width === undefined)
    throw new Fault('request-invalid', `--size takes a size such as 1280x720, not «${values['size']}».`);
  const codec = values['codec'];
  if (codec !== undefined && codec !== 'h264' && codec !== 'h265')
    throw new Fault('request-invalid', `--codec takes h264 or h265, not «${codec}».`);
  const [keyInterval, rate, kilobits] = [
    ...[number('key-interval', 0.2, 10), number('rate', 1, 60), number('kilobits', 64, 50_000)],
  ];
  return {
    ...(keyInterval !== undefined && { keyInterval }),
    ...(rate !== undefined && { rate: Math.round(rate) }),
    ...(kilobits !== undefined && { kilobits: Math.round(kilobits) }),
    ...(width !== undefined && { width: Number(width), height: Number(height) }),
    ...(codec !== undefined && { encoding: codec === 'h264' ? ('H264' as const) : ('H265' as const) }),
  };
}

/**
 * A distance of key pictures is set in pictures: where the rate is changed and the distance is not, it stays the same in seconds.
 * @returns undefined: nothing is to be set. @throws Fault `request-invalid` where the rate has to be given as well
 */
export function changeOf({ keyInterval, ...wanted }: Wanted, stream: CameraStream): EncoderChange | undefined {
  if (keyInterval === undefined && Object.keys(wanted).length === 0) return undefined;
  const rate = wanted.rate ?? stream.rate;
  const kept =
    wanted.rate !== undefined && stream.rate && stream.govLength ? stream.govLength / stream.rate : undefined;
  const apart = keyInterval ?? kept;
  if (apart === undefined) return wanted;
  if (!rate) throw new Fault('request-invalid', 'The camera does not say how many pictures it sends: give --rate too.');
  return { ...wanted, govLength: Math.max(1, Math.round(apart * rate)) };
}

/** What the camera says it is now, where that is not what was wanted. */
function otherwise(change: EncoderChange, now: CameraStream): readonly string[] {
  const pairs = [
    ['codec', change.encoding, now.encoding],
    ['width', change.width, now.width],
    ['height', change.height, now.height],
    ['rate', change.rate, now.rate],
    ['key interval', change.govLength, now.govLength],
    ['kbit/s', change.kilobits, now.kilobits],
  ] as const;
  return pairs
    .filter(([, wanted, is]) => wanted !== undefined && wanted !== is)
    .map(([name, wanted, is]) => `${name} ${is ?? 'unknown'} instead of ${wanted}`);
}

/** @param states of the stream, before and after; only one: as it is */
function shown({ maker, model, clockOffset }: DescribedCamera, states: readonly CameraStream[]): readonly string[] {
  const head = states.length > 1 ? [['', 'before', 'after']] : [];
  const row = (name: string, words: (one: CameraStream) => string) => [`  ${name}`, ...states.map(words)];
  const clockWords =
    clockOffset === undefined
      ? 'it does not tell its time'
      : Math.abs(clockOffset) < 2000
        ? 'its clock is right'
        : `its clock is ${printDuration(clockOffset)} off (--time now sets it)`;
  return [
    `${maker} ${model}, stream «${states[0]?.name || states[0]?.profile}»; ${clockWords}`,
    ...table([
      ...head,
      ...[row('codec', codecWords), row('size', sizeWords), row('rate', rateWords)],
      ...[row('key pictures', keyWords), row('bits', bitsWords)],
    ]),
  ];
}
