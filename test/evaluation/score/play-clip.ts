/** Plays one clip through the agent's own stages, in a child process, so that clips run in parallel and a crash costs only its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Condition } from './condition.ts';
import { type LabelledClip, roomOf } from './labelled-clip.ts';
import type { Recorded } from './record.ts';
import type { Played, ToldAlarm } from './scored-clip.ts';

export interface PlayOptions {
  readonly folder: string;
  readonly plan: AgreedAlarms;
  readonly holdSeconds: number;
  /** Whether the observations are returned too. */
  readonly record: boolean;
}

/** `recorded` is missing where it was not asked for, or where the clip could not be played. */
export async function playClip(
  clip: LabelledClip,
  { light, variation }: Condition,
  { folder, plan, holdSeconds, record }: PlayOptions,
): Promise<{ readonly played: Played; readonly recorded?: Recorded }> {
  const scratch = await mkdtemp(join(tmpdir(), 'nattfrid-score-'));
  try {
    const [roomFile, planFile, lines] = ['room.json', 'plan.json', 'seen.jsonl'].map((name) => join(scratch, name));
    await Promise.all([writeFile(roomFile!, JSON.stringify(roomOf(clip))), writeFile(planFile!, JSON.stringify(plan))]);
    const played = await replay([
      ...['--room', roomFile!, '--plan', planFile!, '--hold', String(holdSeconds), '--json'],
      ...(light === 'clear' ? [] : [`--${light}`]),
      ...(variation ? ['--vary', variation] : []),
      ...(record ? ['--record', lines!] : []),
      // `--` last: a file may be called anything.
      ...['--', join(folder, clip.file)],
    ]);
    if (!record || played.type === 'not-played') return { played };
    const observations = linesOf(await readFile(lines!, 'utf8')).map((line) => JSON.parse(line) as Observation);
    return { played, recorded: { clip, observations } };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const replay = (options: readonly string[]): Promise<Played> =>
  new Promise((resolve) => {
    const program = join(import.meta.dirname, '../replay.ts');
    execFile(process.execPath, [program, ...options], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) resolve({ type: 'not-played', why: stderr.trim().split('\n').at(-1) || error.message });
      else resolve({ type: 'played', alarms: alarmsOf(stdout) });
    });
  });

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('{'));

const alarmsOf = (text: string): readonly ToldAlarm[] =>
  linesOf(text)
    .map((line) => JSON.parse(line) as ToldAlarm & { readonly type: string })
    .filter(({ type }) => type === 'alarm')
    .map(({ kind, phase, at, code }) => ({ kind, phase, at, code }));
