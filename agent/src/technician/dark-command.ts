/** `npm run camera -- dark URL`: has a camera go to night and back, and says whether its pictures go on. */
import { parseArgs } from 'node:util';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { milliseconds, printDuration, seconds } from '@nattfrid/shared/time/duration';
import { readRtspUrl } from '../camera/rtsp/url.ts';
import { withLogin } from '../camera/rtsp/with-login.ts';
import { rtspCamera } from '../camera/rtsp.ts';
import type { IrCut } from '../onvif/messages.ts';
import { setIrCut } from '../onvif/set.ts';
import { oneAddress } from './arguments.ts';
import { type CameraCommand, exits, type Surroundings } from './command.ts';
import { drawing } from './drawing.ts';
import { figuresOf } from './figures.ts';
import { givenLogin, loginHelp, loginOptions } from './given-login.ts';
import { reachOnvif } from './reach-onvif.ts';
import { type Watched, watchCamera } from './watch-camera.ts';

const usualSeconds = 8;

const help = `Usage: npm run camera -- dark URL [options]

The dark check: has the camera let infrared in as it does at night (IrCutFilter OFF), and then go back to what was set, while its
pictures are watched. Says whether they go on: some cameras end the session, change size or codec, or stand still for seconds.
What was set is set again in any case, also after Ctrl-C.

  URL            address of the stream: rtsp://user:password@host/path
  --seconds N    so long in each state, 3 to 60 (${usualSeconds})
  --onvif URL    the ONVIF service, where it is not found at one of the usual ports
${loginHelp}
  --help

Exit: 0 the pictures go on; 1 they do not; 2 wrong arguments; 3 the camera refused, or does not offer this.`;

/** Longer, and somebody who falls just then is not seen falling. */
const longestHole = seconds(2.5);

async function run(args: readonly string[], { print, progress, environment, signal }: Surroundings): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...loginOptions, seconds: { type: 'string' }, onvif: { type: 'string' } },
  });
  const url = oneAddress(positionals, { command: 'dark', what: 'stream’s' });
  const each = Number(values.seconds ?? usualSeconds);
  if (!(each >= 3 && each <= 60)) throw new Fault('request-invalid', '--seconds takes a number from 3 to 60.');
  const address = withLogin(url, givenLogin(values, environment));
  const { credentials } = readRtspUrl(address);
  const trying = (name: string) => progress(`asking ${name}`);
  const login = { user: credentials?.user, password: credentials?.password };
  const { target, described } = await reachOnvif(
    { url: address, onvif: values.onvif, login },
    { clock, trying },
    signal,
  );
  const { irCut } = described;
  if (!irCut)
    throw new Fault(
      'camera-not-video',
      'This camera does not tell its infrared filter by ONVIF: switch the light off in the room, and use «check» instead.',
    );
  const set = (mode: IrCut, until: AbortSignal) => setIrCut(target, irCut.source, mode, clock, until);
  const state = { now: 'as it is set', begun: false };
  const watching = watchCamera(
    (log, advised) => rtspCamera({ url: address, clock, log, advised }),
    {
      ...{ clock, length: seconds(each * 3), firstWithin: seconds(40) },
      progress: (gone, many) => {
        state.begun ||= many > 0;
        progress(`${state.now}: ${Math.round(gone / 1000)} of ${each * 3} s, ${many} pictures`);
      },
    },
    signal,
  );
  const there = await inTheDark({ each, set, was: irCut.mode, state, over: watching, signal });
  const watched = await watching;
  for (const line of words(watched, irCut.mode, there)) print(line);
  return watched.refused || there instanceof Fault ? exits.refused : goesOn(watched) ? exits.well : exits.toSet;
}

export const darkCommand: CameraCommand = {
  ...{ usage: 'dark URL', does: 'goes to night and back, and says whether the pictures go on (ONVIF)', help, run },
};

/** @returns the Fault where the camera did not go to night */
async function inTheDark(given: {
  readonly each: number;
  readonly set: (mode: IrCut, signal: AbortSignal) => Promise<unknown>;
  readonly was: IrCut;
  readonly state: { now: string; begun: boolean };
  readonly over: Promise<unknown>;
  readonly signal: AbortSignal;
}): Promise<Fault | undefined> {
  const { each, set, was, state, over, signal } = given;
  const ended = new AbortController();
  void over.finally(() => ended.abort());
  const until = AbortSignal.any([signal, ended.signal]);
  while (!state.begun && !until.aborted) await clock.sleep(milliseconds(200), until);
  await clock.sleep(seconds(each), until);
  if (until.aborted) return undefined;
  let fault: Fault | undefined;
  try {
    state.now = 'night';
    await set('OFF', until);
    await clock.sleep(seconds(each), until);
  } catch (error) {
    fault = asFault(error);
  } finally {
    state.now = 'back';
    // In any case, and whoever has pressed Ctrl-C waits for it.
    await set(was, new AbortController().signal).catch((error: unknown) => {
      fault ??= new Fault(
        'camera-not-video',
        `The camera could not be set back to ${was}: ${asFault(error).message} Set its infrared filter on its page.`,
      );
    });
  }
  return fault;
}

function goesOn(watched: Watched): boolean {
  const { longestHole: hole, codecs, sizes } = figuresOf(watched);
  return watched.hangUps.length === 0 && hole < longestHole && codecs.length === 1 && sizes.length === 1;
}

function words(watched: Watched, was: IrCut, fault: Fault | undefined): readonly string[] {
  if (watched.refused) return [watched.refused.message];
  const { longestHole: hole, codecs, sizes } = figuresOf(watched);
  const [first] = watched.hangUps;
  const said = [
    ...(first ? [`The camera ends the session when it goes to night or back: ${first.message}`] : []),
    ...(hole >= longestHole ? [`For ${printDuration(hole)} no picture came: nobody is seen meanwhile.`] : []),
    ...(codecs.length > 1 ? ['It changes its codec at night: set one codec for day and night.'] : []),
    ...(sizes.length > 1 ? ['It changes the size of its pictures at night, and the room is then marked wrongly.'] : []),
  ];
  return [
    `Camera ${watched.camera}: day, night and back (its filter is set to ${was} again)`,
    ...['', ...drawing(watched), ''],
    ...(fault ? [fault.message] : []),
    ...(said.length > 0 ? said : [`Its pictures go on: longest hole ${printDuration(hole)}.`]),
  ];
}
