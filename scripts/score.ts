/** Plays a folder of labelled clips through the agent's own river and counts falls found, false alarms and the time to a finding. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { AgreedAlarms } from '../shared/src/domain/plan.ts';
import { type Room, unknownRoom } from '../shared/src/domain/room.ts';
import { asFault, Fault } from '../shared/src/fault/fault.ts';
import { elapsed } from '../shared/src/time/clock.ts';
import {
  LabelledClip,
  type Played,
  type ScoredClip,
  type Sums,
  scoreClip,
  sumUp,
  type ToldAlarm,
} from './scored-clip.ts';
import { printShare, wilson } from './wilson.ts';

const hold = 30;
/** What is asked of the detectors: a fall is told after 15 s on the floor, so each clip is held on its last picture for longer. */
const plan: AgreedAlarms = { fall: { persistenceSeconds: 15 }, leftRoom: { afterMinutes: 0.25 } };

const help = `Usage: npm run score -- FOLDER [options]

Plays every clip that FOLDER/index.json names through the agent's own river, each held on its last picture for
${hold} s, with a fall told after ${plan.fall?.persistenceSeconds} s on the floor, and prints what was found for each clip and in sum, with 95 %
intervals (Wilson). Ambiguous clips and falls onto a bed are counted apart. Beds come from "bed_polygon_norm".

  --grey           takes the colour away
  --night          simulated infrared night, see docs/simulated-night.md
  --only PATTERN   only files whose name matches this regular expression
  --at-once N      how many clips at a time (default: one for each core, at most 4)
  --json           one object a line: {"type":"clip",…} for each, last {"type":"sum",…}
  --help

Exit: 0 it ran, whatever the figures; 2 wrong options, or no index that can be read.`;

async function main(): Promise<void> {
  const { values, folder } = readArguments();
  if (values.help) return console.log(help);
  const only = pattern(values.only);
  const clips = (await readIndex(folder)).filter(({ file }) => only.test(file));
  if (clips.length === 0) throw new Fault('file-unreadable', `No clip of ${folder} matches.`);
  const light = values.night ? ['--night'] : values.grey ? ['--grey'] : [];
  const began = elapsed();
  const scored = new Map<LabelledClip, ScoredClip>();
  await atOnce(values.atOnce, clips, async (clip) => {
    const one = scoreClip(clip, await play(join(folder, clip.file), roomOf(clip), light));
    scored.set(clip, one);
    if (values.json) console.log(JSON.stringify({ type: 'clip', ...one }));
    else console.log(`[${String(scored.size).padStart(2)}/${clips.length}] ${printClip(one)}`);
  });
  const all = clips.map((clip) => scored.get(clip)!);
  const seconds = Math.round((elapsed() - began) / 1000);
  if (values.json) console.log(JSON.stringify(sumLine(all, light, seconds)));
  else printSums(all, light, seconds);
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      grey: { type: 'boolean', default: false },
      night: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      'at-once': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [folder, ...more] = positionals;
  if (!values.help && (folder === undefined || more.length > 0))
    throw new Fault('request-invalid', 'Exactly one folder is needed. See --help.');
  const atOnce = Number(values['at-once'] ?? Math.min(availableParallelism(), 4));
  if (!Number.isInteger(atOnce) || atOnce < 1)
    throw new Fault('request-invalid', `--at-once takes a whole number, not «${values['at-once']}».`);
  return { values: { ...values, atOnce }, folder: folder ?? '' };
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (cause) {
    throw new Fault('request-invalid', `--only takes a regular expression, not «${text}».`, { cause });
  }
}

async function readIndex(folder: string): Promise<readonly LabelledClip[]> {
  const path = join(folder, 'index.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `There is no ${path}.`, { cause });
  });
  try {
    return z.array(LabelledClip).parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('file-unreadable', `${path} is not a list of clips with a "file" each.`, { cause });
  }
}

const roomOf = ({ bed_polygon_norm: bed }: LabelledClip): Room =>
  bed ? { ...unknownRoom, beds: [bed.map(([x, y]) => [inside(x), inside(y)] as const)] } : unknownRoom;
const inside = (share: number): number => Math.min(Math.max(share, 0), 1);

async function atOnce<T>(count: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: Math.min(count, items.length) }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

/** In a process of its own: clips run beside each other, and one that breaks takes no other with it. */
async function play(file: string, room: Room, light: readonly string[]): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-score-'));
  try {
    const [roomFile, planFile] = [join(folder, 'room.json'), join(folder, 'plan.json')];
    await Promise.all([writeFile(roomFile, JSON.stringify(room)), writeFile(planFile, JSON.stringify(plan))]);
    const replay = join(import.meta.dirname, 'replay.ts');
    const options = ['--room', roomFile, '--plan', planFile, '--hold', String(hold), '--json', ...light];
    return await new Promise((resolve) => {
      // `--` last: a file may be called anything.
      execFile(process.execPath, [replay, ...options, '--', file], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        if (error) resolve({ type: 'not-played', why: stderr.trim().split('\n').at(-1) || error.message });
        else resolve({ type: 'played', alarms: alarmsOf(stdout) });
      });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const alarmsOf = (lines: string): readonly ToldAlarm[] =>
  lines
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ToldAlarm & { readonly type: string })
    .filter(({ type }) => type === 'alarm')
    .map(({ kind, phase, at, code }) => ({ kind, phase, at, code }));

function printClip({ file, group, alarmed, early, toFinding, alarms, why }: ScoredClip): string {
  const told = alarms.map(({ kind, phase, at, code }) => `${kind} ${phase} at ${at} s (${code})`).join(', ');
  if (alarmed === undefined) return `NOT PLAYED  ${group.padEnd(11)} ${file}: ${why}`;
  const wanted = group === 'floor-fall' ? alarmed : group === 'everyday' ? !alarmed : undefined;
  const mark = early
    ? 'TOO EARLY'
    : wanted === undefined
      ? 'apart'
      : wanted
        ? 'right'
        : alarmed
          ? 'FALSE ALARM'
          : 'MISSED';
  const time = toFinding === undefined ? '' : `; ${toFinding} s after lying`;
  return `${mark.padEnd(11)} ${group.padEnd(11)} ${file}: ${told || 'nothing told'}${time}`;
}

function sumLine(all: readonly ScoredClip[], light: readonly string[], seconds: number) {
  const withIntervals = (sums: Sums) => ({
    ...sums,
    falls: { ...sums.falls, ...wilson(sums.falls.found, sums.falls.of) },
    falseAlarms: { ...sums.falseAlarms, ...wilson(sums.falseAlarms.found, sums.falseAlarms.of) },
  });
  const bySource = Object.fromEntries(
    [...sources(all)].map(([source, clips]) => [source, withIntervals(sumUp(clips))]),
  );
  const held = { persistenceSeconds: plan.fall?.persistenceSeconds, holdSeconds: hold };
  return {
    type: 'sum',
    light: light[0]?.slice(2) ?? 'clear',
    ...held,
    ...withIntervals(sumUp(all)),
    bySource,
    seconds,
  };
}

function printSums(all: readonly ScoredClip[], light: readonly string[], seconds: number): void {
  const conditions = { '': 'as recorded', '--grey': 'without colour', '--night': 'simulated night' }[light[0] ?? ''];
  console.log(
    `\n${all.length} clips, ${conditions}; told after ${plan.fall?.persistenceSeconds} s on the floor, held for ${hold} s; ${seconds} s of work`,
  );
  const groups = sources(all);
  for (const [name, clips] of groups.size > 1 ? [...groups, ['in sum', all] as const] : [['in sum', all] as const]) {
    const { falls, falseAlarms, early, apart, notPlayed, toFinding } = sumUp(clips);
    console.log(`\n${name}`);
    console.log(`  falls to the floor found          ${printShare(falls.found, falls.of)}`);
    console.log(`  everyday clips with a false alarm ${printShare(falseAlarms.found, falseAlarms.of)}`);
    if (early > 0) console.log(`  told before there was a fall      ${early}`);
    if (toFinding)
      console.log(`  from lying to finding             median ${toFinding.median} s, longest ${toFinding.longest} s`);
    for (const [group, { found, of }] of Object.entries(apart))
      if (of > 0) console.log(`  apart: ${group.padEnd(26)} told in ${found} of ${of}`);
    if (notPlayed > 0) console.log(`  could not be played               ${notPlayed}`);
  }
}

function sources(all: readonly ScoredClip[]): ReadonlyMap<string, readonly ScoredClip[]> {
  const groups = new Map<string, ScoredClip[]>();
  for (const one of all) groups.set(one.source, [...(groups.get(one.source) ?? []), one]);
  return groups;
}

try {
  await main();
} catch (error) {
  console.error(asFault(error).message.replaceAll('\n', ' '));
  process.exitCode = 2;
}
