/** Sends one recording through the agent's own river and prints what was found in it. */
import { open, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { limits, readPosture } from '../agent/src/situation/posture.ts';
import type { Observed } from '../shared/src/domain/observation.ts';
import { AgreedAlarms, Plan, WallTime } from '../shared/src/domain/plan.ts';
import { Room, unknownRoom } from '../shared/src/domain/room.ts';
import { windowsBetween } from '../shared/src/domain/window.ts';
import { asFault, Fault } from '../shared/src/fault/fault.ts';
import { elapsed } from '../shared/src/time/clock.ts';
import { hours } from '../shared/src/time/duration.ts';
import { after, type Instant, instant } from '../shared/src/time/instant.ts';
import { type Moment, openBuiltModels, type RecordingRun, runRecording } from './recording-run.ts';
import { type Variation, variations, variedRoom } from './varied.ts';

const help = `Usage: npm run replay -- FILE [options]

Sends one recording through the agent's own river (decode, perceive, decide) and prints what was found.

  --room FILE      beds, exits, floor and masks, as JSON; without it nothing is known of the room
  --plan FILE      a plan, or only its "alarms", as JSON; without it all detectors are on, with short waits:
                   fall after 15 s on the floor, left room after 15 s (0.25 min), blind after 60 s, and
                   not in bed by 00:05 of the recording's own night
  --hold SECONDS   repeats the last picture for so long: recordings often end soon after a fall
  --grey           takes the colour away
  --night          simulated infrared night, see docs/simulated-night.md
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

/** Used where no plan is given. */
export const planForRecordings: AgreedAlarms = {
  fall: { persistenceSeconds: 15 },
  leftRoom: { afterMinutes: 0.25 },
  notInBed: { by: '00:05', until: '06:00' },
  blind: { afterSeconds: 60 },
};

async function main(): Promise<void> {
  const { values, file } = readArguments();
  if (values.help) return console.log(help);
  const [room, plan] = [await readRoom(values.room), await readPlan(values.plan)];
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  await using models = await openBuiltModels();
  const run: RecordingRun = {
    file,
    room,
    plan,
    start: nightAt(values.clock),
    holdSeconds: holdOf(values.hold),
    light: values.night ? 'night' : values.grey ? 'grey' : 'clear',
    variation: variationOf(values.vary),
    speed: values.speed === '1' ? 'life' : 'max',
    models,
  };
  const out = values.json ? asLines(run, values.trace) : asTimeline(run, values.trace);
  await using record = await openRecord(values.record);
  const began = elapsed();
  let [frames, last] = [0, 0];
  for await (const moment of runRecording(run, stop.signal)) {
    if (moment.type === 'seen') frames++;
    last = Math.max(last, moment.at);
    out.moment(moment);
    await record.keep(moment);
  }
  const fps = frames / ((elapsed() - began) / 1000);
  out.end({ frames, seconds: rounded(last, 2), fps: rounded(fps, 2) });
}

function readArguments() {
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

function holdOf(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0 && seconds <= 86_400))
    throw new Fault('request-invalid', `--hold takes a number of seconds up to a day, not «${text}».`);
  return seconds;
}

function variationOf(text: string | undefined): Variation | undefined {
  const variation = variations.find((one) => one === text);
  if (text !== undefined && !variation)
    throw new Fault('request-invalid', `--vary takes ${variations.join(', ')}, not «${text}».`);
  return variation;
}

/** A night in January, so that no clock is changed in it. */
function nightAt(text: string): Instant {
  const time = WallTime.safeParse(text);
  if (!time.success) throw new Fault('request-invalid', `--clock takes a time of day such as 23:45, not «${text}».`);
  const noon = instant(Date.UTC(2026, 0, 14, 11));
  const [opening] = windowsBetween({ from: time.data, to: time.data }, noon, after(noon, hours(24)));
  return opening?.opens ?? noon;
}

const readRoom = async (path: string | undefined): Promise<Room> =>
  path === undefined ? unknownRoom : checked(Room, await readJson(path), path);

async function readPlan(path: string | undefined): Promise<AgreedAlarms> {
  if (path === undefined) return planForRecordings;
  const given = await readJson(path);
  const isWhole = typeof given === 'object' && given !== null && 'alarms' in given;
  return isWhole ? checked(Plan, given, path).alarms : checked(AgreedAlarms, given, path);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `The file ${path} cannot be read.`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Fault('file-unreadable', `The file ${path} is not JSON.`, { cause });
  }
}

function checked<T>(schema: z.ZodType<T>, given: unknown, path: string): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const { path: where, message } = result.error.issues[0]!;
  throw new Fault('config-invalid', `The file ${path} is wrong at ${where.join('.') || 'its top'}: ${message}.`);
}

/** Instants become milliseconds of the recording, so that the lines are the same whenever they are made. */
async function openRecord(path: string | undefined) {
  if (path === undefined) return { keep: async (_: Moment) => {}, async [Symbol.asyncDispose]() {} };
  const file = await open(path, 'w').catch((cause: unknown) => {
    throw new Fault('file-unreadable', `The file ${path} cannot be written.`, { cause });
  });
  return {
    async keep(moment: Moment): Promise<void> {
      if (moment.type === 'found') return;
      const at = Math.round(moment.at * 1000);
      const line =
        moment.type === 'seen'
          ? { ...moment.observation, at }
          : { ...moment.gap, at, from: at - (moment.gap.at - moment.gap.from) };
      await file.appendFile(
        `${JSON.stringify(line, (_, value) => (typeof value === 'number' ? rounded(value, 4) : value))}\n`,
      );
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

interface Out {
  moment(moment: Moment): void;
  end(sums: { readonly frames: number; readonly seconds: number; readonly fps: number }): void;
}

function asLines(run: RecordingRun, trace: boolean): Out {
  const print = (line: object) => console.log(JSON.stringify(line));
  return {
    moment(moment) {
      const at = rounded(moment.at, 2);
      if (moment.type === 'found') {
        const { kind, phase, evidence } = moment.finding;
        print({ type: 'alarm', kind, phase, at, ...evidence });
      } else if (moment.type === 'gap') print({ type: 'gap', at, why: moment.gap.why });
      else if (trace)
        print({
          type: 'seen',
          at,
          persons: describe(moment.observation, variedRoom(run.room, run.variation)),
          beds: moment.beds.map(({ name, why }) => ({ name, why })),
          eyesight: moment.eyesight,
        });
    },
    end: (sums) => print({ type: 'end', ...sums }),
  };
}

function asTimeline(run: RecordingRun, trace: boolean): Out {
  const clock = (at: number) => `${at.toFixed(1).padStart(7)} s`;
  let progress = 0;
  const show = (line: string) => {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    console.log(line);
  };
  return {
    moment(moment) {
      if (moment.type === 'found') {
        const { kind, phase, evidence } = moment.finding;
        const figures = Object.entries(evidence.figures).map(([name, figure]) => `${name} ${figure}`);
        const said = [evidence.code, ...figures, ...(evidence.attended ? ['attended'] : [])].join(', ');
        show(`${clock(moment.at)}  ${kind} ${phase}: ${said}`);
      } else if (moment.type === 'gap') show(`${clock(moment.at)}  nothing seen: ${moment.gap.why}`);
      else if (trace) {
        const people = describe(moment.observation, variedRoom(run.room, run.variation)).map(
          ({ track, posture, why, certainty, unseenFor }) =>
            `${track} ${posture} (${why}, certainty ${certainty}${unseenFor > 0 ? `, unseen for ${unseenFor} s` : ''})`,
        );
        const beds = moment.beds.map(({ name, why }, at) => `bed ${at + 1} ${name} (${why})`);
        const blind = moment.eyesight.name === 'sees' ? [] : [Object.values(moment.eyesight).join(' ')];
        show(`${clock(moment.at)}    ${[people.join('; ') || 'nobody', ...beds, ...blind].join(' | ')}`);
      }
      if (process.stderr.isTTY && moment.at >= progress + 1) {
        progress = moment.at;
        process.stderr.write(`\r${clock(moment.at)} …`);
      }
    },
    end({ frames, seconds, fps }) {
      show(`${clock(seconds)}  end: ${frames} pictures looked at, ${fps} in a second of work`);
    },
  };
}

const describe = ({ persons, picture }: Observed, room: Room) =>
  persons.map((person) => ({
    track: person.track,
    ...readPosture(person, room, picture.aspect, limits),
    certainty: rounded(person.certainty, 2),
    unseenFor: rounded(person.unseenFor / 1000, 1),
    box: [person.box.x, person.box.y, person.box.width, person.box.height].map((one) => rounded(one, 3)),
  }));

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

try {
  await main();
} catch (error) {
  console.error(asFault(error).message.replaceAll('\n', ' '));
  process.exitCode = 2;
}
