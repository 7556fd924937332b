/** `npm run camera -- record-manners URL`: writes down how a camera behaves, for whoever is to make the unit bear it; never a picture. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { readRtspUrl } from '../camera/rtsp/url.ts';
import { withLogin } from '../camera/rtsp/with-login.ts';
import { rtspCamera } from '../camera/rtsp.ts';
import { numberWithin, oneAddress } from './arguments.ts';
import { type CameraCommand, exits, type Surroundings } from './command.ts';
import { givenLogin, loginHelp, loginOptions } from './given-login.ts';
import { recordManners } from './manners/record-manners.ts';
import { type MannersRecording, writeRecording } from './manners/recording.ts';

const usual = { seconds: 20, first: seconds(40), out: 'camera-manners.json' } as const;
const bounds = { least: 2, most: 600 } as const;

const help = `Usage: npm run camera -- record-manners URL [options]

Connects to a camera as the unit does, and writes down for ${usual.seconds} s how it behaves: its answers, its session description, and of each
packet when it came, its head and its sizes. No byte of a picture is written, and whatever names the camera, its network or its
login is taken out first: read the file before you pass it on. Prints a line for the table of the test camera, which plays the same.

  URL            rtsp://user:password@host/path, or rtsps://…
${loginHelp}
  --certificate SHA256
                 the only certificate that is believed of an rtsps camera
  --seconds N    records so long, ${bounds.least} to ${bounds.most} (${usual.seconds})
  --out FILE     a file that is not there yet (${usual.out})
  --help

Exit: 0 recorded; 2 wrong arguments; 3 the camera refused, or sent nothing: what it answered is recorded all the same.

Example:
  NATTFRID_CAMERA_PASSWORD=hemligt npm run camera -- record-manners rtsp://anna@192.0.2.5/stream2 --out door.json`;

/** What a recording is as a line of data, and what such a line cannot say. */
export type LineOf = (recording: MannersRecording) => { readonly line: string; readonly unsaid: readonly string[] };

async function run(args: readonly string[], { print, progress, environment, signal }: Surroundings, lineOf: LineOf) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...loginOptions,
      certificate: { type: 'string' },
      seconds: { type: 'string', default: `${usual.seconds}` },
      out: { type: 'string', default: usual.out },
    },
  });
  const url = oneAddress(positionals, { command: 'record-manners' });
  const many = numberWithin('seconds', values.seconds, bounds);
  // Before the camera is called, and once more when it is written.
  if (existsSync(values.out)) throw isThere(values.out);
  const address = withLogin(url, givenLogin(values, environment));
  const length = seconds(many);
  const { recording, fault } = await recordManners(
    (tap) => rtspCamera({ url: address, certificate: values.certificate, clock, tap }),
    {
      ...{ asked: readRtspUrl(address).url, clock, length, firstWithin: milliseconds(Math.max(usual.first, length)) },
      progress: (gone, packets) => progress(`recording: ${Math.round(gone / 1000)} of ${many} s, ${packets} packets`),
    },
    signal,
  );
  if (recording.answers.length === 0 && fault) throw fault;
  await writeNew(values.out, writeRecording(recording));
  const { line, unsaid } = lineOf(recording);
  const taken = Object.entries(recording.taken).map(([what, times]) => `${what} (${times})`);
  for (const text of [
    `Recorded ${recording.packets.length} packets and ${recording.answers.length} answers in ${values.out}.`,
    ...(fault ? [fault.message] : []),
    `Taken out: ${taken.join(', ') || 'nothing'}. No byte of a picture was written. Read the file before you pass it on.`,
    ...['', 'For the table in test/stand-ins/test-camera/manners/table/:', line],
    ...(unsaid.length > 0 ? ['', 'What this line does not say:', ...unsaid.map((one) => `  ${one}`)] : []),
  ])
    print(text);
  return recording.packets.length > 0 ? exits.well : exits.refused;
}

/** @throws Fault `request-invalid` where it is there already or cannot be written */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw isThere(file);
    throw new Fault('request-invalid', `${file} cannot be written: ${String(cause)}.`, { cause });
  }
}

const isThere = (file: string): Fault =>
  new Fault('request-invalid', `${file} is there already: name another with --out.`);

/** @param lineOf of the test camera, which the agent does not know */
export const recordCommand = (lineOf: LineOf): CameraCommand => ({
  ...{ usage: 'record-manners URL', does: 'writes down how a camera behaves, without a picture or a name', help },
  run: (args, surroundings) => run(args, surroundings, lineOf),
});
