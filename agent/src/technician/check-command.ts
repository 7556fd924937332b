/** `npm run camera -- check URL`: connects as the unit does, watches for a while, and says in words what is right and what to set. */
import { parseArgs } from 'node:util';
import { Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, printDuration, seconds } from '@nattfrid/shared/time/duration';
import { type ProfileName, profileNames } from '../camera/profiles.ts';
import { readRtspUrl } from '../camera/rtsp/url.ts';
import { withLogin } from '../camera/rtsp/with-login.ts';
import { rtspCamera } from '../camera/rtsp.ts';
import { numberWithin, oneAddress } from './arguments.ts';
import { type CameraCommand, exits, type Surroundings } from './command.ts';
import { drawing } from './drawing.ts';
import { isFactoryLogin } from './factory-login.ts';
import { figuresOf } from './figures.ts';
import { findingsOf, type Verdict, verdictOf } from './findings.ts';
import { givenLogin, loginHelp, loginOptions } from './given-login.ts';
import { type Watched, watchCamera } from './watch-camera.ts';

const usual = { seconds: 20, first: seconds(40) } as const;
/** Shorter says nothing of key pictures, longer is what the unit itself is for. */
const bounds = { least: 2, most: 600 } as const;

const help = `Usage: npm run camera -- check URL [options]

Connects to a camera as the unit does, watches it for ${usual.seconds} s, and says in words what is right and what to set in it:
codec, size, pictures a second, distance of key pictures, whether its times count the time, B pictures, ages, holes, damage,
and whether it has a password of its own.
Draws «a picture of nothing» beside it: how many pictures came when, how large and how old they were. No picture is shown or kept.

  URL            rtsp://user:password@host/path, or rtsps://…; «npm run camera -- find» lists addresses
${loginHelp}
  --profile NAME what cameras of its make want otherwise, as in the setting camera.profile; the address may then leave out
                 the path: ${profileNames.join(', ')}
  --certificate SHA256
                 the only certificate that is believed of an rtsps camera
  --seconds N    watches so long, ${bounds.least} to ${bounds.most} (${usual.seconds})
  --json         one JSON object instead of words
  --help

Exit: 0 all is well; 1 something is to be set; 2 wrong arguments; 3 the camera refused, or did not answer.

Examples:
  npm run camera -- check rtsp://anna:hemligt@192.0.2.5/stream1
  NATTFRID_CAMERA_PASSWORD=hemligt npm run camera -- check rtsp://anna@192.0.2.5/stream2 --seconds 60`;

async function run(args: readonly string[], { print, progress, environment, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...loginOptions,
      certificate: { type: 'string' },
      profile: { type: 'string' },
      seconds: { type: 'string', default: `${usual.seconds}` },
      json: { type: 'boolean', default: false },
    },
  });
  const url = oneAddress(positionals, { command: 'check' });
  const length = seconds(numberWithin('seconds', values.seconds, bounds));
  const profile = profileNamed(values.profile);
  const address = withLogin(url, givenLogin(values, environment));
  const { credentials } = readRtspUrl(address);
  const watched = await watchCamera(
    (log, advised) => rtspCamera({ url: address, profile, certificate: values.certificate, clock, log, advised }),
    {
      ...{ clock, length, firstWithin: milliseconds(Math.max(usual.first, length)) },
      login: isFactoryLogin(credentials?.user ?? '', credentials?.password ?? '') ? 'factory' : 'own',
      progress: (gone, many) =>
        progress(
          gone === 0
            ? 'connecting, waiting for the first picture'
            : `watching: ${Math.round(gone / 1000)} of ${length / 1000} s, ${many} pictures`,
        ),
    },
    signal,
  );
  for (const line of values.json ? [JSON.stringify(asJson(watched), null, 2)] : asWords(watched)) print(line);
  return exitCodes[verdictOf(watched)];
}

export const checkCommand: CameraCommand = {
  ...{ usage: 'check URL', does: 'watches a camera for 20 s, and says what is right and what to set', help, run },
};

/** @throws Fault `request-invalid`, naming those that there are */
function profileNamed(name: string | undefined): ProfileName | undefined {
  const found = profileNames.find((one) => one === name);
  if (name !== undefined && !found)
    throw new Fault('request-invalid', `There is no profile «${name}». There are: ${profileNames.join(', ')}.`);
  return found;
}

const exitCodes: Readonly<Record<Verdict, number>> = {
  well: exits.well,
  'to-set': exits.toSet,
  refused: exits.refused,
};

function asWords(watched: Watched): readonly string[] {
  if (watched.refused) return [watched.refused.message];
  const found = findingsOf(watched);
  const part = (state: 'well' | 'to-set', title: string) => {
    const lines = found.filter((one) => one.state === state).map((one) => `  ${one.words}`);
    return lines.length > 0 ? ['', title, ...lines] : [];
  };
  const came =
    watched.firstAfter === undefined
      ? 'no picture came'
      : `the first picture after ${printDuration(watched.firstAfter)}`;
  return [
    `Camera ${watched.camera}, watched for ${printDuration(watched.length)}: ${came}`,
    ...(watched.pictures.length > 0 ? ['', ...drawing(watched)] : []),
    ...part('to-set', 'To set:'),
    ...part('well', 'Well:'),
  ];
}

function asJson(watched: Watched) {
  const { camera, firstAfter, length, advice, damaged, hangUps, refused } = watched;
  const verdict = verdictOf(watched);
  const why = (fault: Fault) => ({ code: fault.code, words: fault.message });
  if (refused) return { camera, verdict, refused: why(refused) };
  return {
    ...{ camera, verdict, milliseconds: { firstAfter, watched: length } },
    ...(watched.pictures.length > 0 && { figures: figuresOf(watched) }),
    ...{ advice, damaged, hangUps: hangUps.map(why), findings: findingsOf(watched) },
  };
}
