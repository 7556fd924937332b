/** The command line of `npm run replay`, checked. */
import { parseArgs } from 'node:util';
import { WallTime } from '@nattfrid/shared/domain/plan';
import { windowsBetween } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import { hours } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { type Variation, variations } from '../recording/varied.ts';

export const help = `Usage: npm run replay -- FILE [options]

Sends one recording through the agent's own river (decode, perceive, decide) and prints what was found.

  --room FILE      beds, exits, floor and masks, as JSON; without it nothing is known of the room
  --plan FILE      a plan, or only its "alarms", as JSON; without it all detectors are on, with short waits:
                   fall after 15 s on the floor, left room after 15 s (0.25 min), blind after 60 s, and
                   not in bed by 00:05 of the recording's own night
  --hold SECONDS   repeats the last picture for so long: recordings often end soon after a fall
  --grey           takes the colour away
  --night          simulated infrared night, see docs/simulated-light.md
  --vary HOW       the same recording a little otherwise: mirrored, cropped (to 90 %), brighter or darker (by 20 %),
                   noise-2 or noise-3 (another noise of the simulated night); what the room marks moves along
  --clock HH:MM    the time of night at which the recording begins (default 00:00)
  --speed 1|max    as fast as life, or as fast as it can be looked at (default max)
  --record FILE    writes each observation as a line of JSON: figures of what was seen, never a picture
  --trace          also prints each picture: who was seen, in which posture, and why; the beds; whether the camera sees
  --json           one object a line: {"type":"alarm","kind":"fall","phase":"began","at":12.4,…}, at in seconds of
                   the recording; last {"type":"end","frames":…,"seconds":…,"fps":…}: pictures looked at, length
                   of the recording with what was held, pictures looked at in a second of work
  --help

Exit: 0 it was played to its end, whatever was found; 2 wrong options, or a file that cannot be read.`;

/** @throws Fault `request-invalid` */
export function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      room: { type: 'string' },
      plan: { type: 'string' },
      hold: { type: 'string', default: '0' },
      grey: { type: 'boolean', default: false },
      night: { type: 'boolean', default: false },
      vary: { type: 'string' },
      clock: { type: 'string', default: '00:00' },
      speed: { type: 'string', default: 'max' },
      record: { type: 'string' },
      trace: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (!values.help && (file === undefined || more.length > 0))
    throw new Fault('request-invalid', 'Exactly one recording is needed. See --help.');
  if (values.speed !== '1' && values.speed !== 'max')
    throw new Fault('request-invalid', `--speed takes 1 or max, not «${values.speed}».`);
  return { values, file: file ?? '' };
}

/** @returns seconds @throws Fault `request-invalid` */
export function holdOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0 && seconds <= 86_400))
    throw new Fault('request-invalid', `--hold takes a number of seconds up to a day, not «${text}».`);
  return seconds;
}

/** @throws Fault `request-invalid` */
export function variationOf(text: string | undefined): Variation | undefined {
  const variation = variations.find((one) => one === text);
  if (text !== undefined && !variation)
    throw new Fault('request-invalid', `--vary takes ${variations.join(', ')}, not «${text}».`);
  return variation;
}

/** @param text HH:MM @returns that time of a night in January, in which no clock is changed @throws Fault `request-invalid` */
export function nightAt(text: string): Instant {
  const time = WallTime.safeParse(text);
  if (!time.success) throw new Fault('request-invalid', `--clock takes a time of day such as 23:45, not «${text}».`);
  const noon = instant(Date.UTC(2026, 0, 14, 11));
  const [opening] = windowsBetween({ from: time.data, to: time.data }, noon, after(noon, hours(24)));
  return opening?.opens ?? noon;
}
