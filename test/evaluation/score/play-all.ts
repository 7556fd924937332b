/** Plays all clips of a folder under all conditions, several at a time, and scores each. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { openProgress } from '@nattfrid/simulator/progress';
import { agreed, holdSeconds, plan } from './agreed-plan.ts';
import type { Asked } from './arguments.ts';
import { forEachAtOnce } from './bounded-concurrency.ts';
import { type Condition, conditionsOf, nameOf } from './condition.ts';
import type { LabelledClip } from './labelled-clip.ts';
import { playClip } from './play-clip.ts';
import { printClip } from './print-clip.ts';
import { readIndex } from './read-index.ts';
import type { Recorded } from './record.ts';
import type { ScoreRun } from './score-run.ts';
import { type ScoredClip, scoreClip } from './scored-clip.ts';

/** Prints each clip as it is scored. @throws Fault where no clip matches, or the index cannot be read */
export async function playAll(asked: Asked): Promise<ScoreRun> {
  const { clips: all, nameless } = await readIndex(asked.folder);
  const clips = chosen(all, asked);
  const conditions = conditionsOf(asked.lights, asked.vary);
  const record = asked.curve !== undefined || asked.recordInto !== undefined;
  const jobs = conditions.flatMap((condition) => clips.map((clip) => ({ condition, clip })));
  const [scored, records] = [new Map<object, ScoredClip>(), new Map<object, Recorded>()];
  using progress = openProgress();
  const report = () => progress.report(`${scored.size} of ${jobs.length} clips played`, scored.size / jobs.length);
  report();
  await forEachAtOnce(asked.atOnce, jobs, async (job) => {
    const { condition, clip } = job;
    const { folder } = asked;
    const options = { folder, plan, holdSeconds, record: record && condition.variation === undefined };
    const { played, recorded } = await playClip(clip, condition, options);
    const one = scoreClip(clip, played, agreed);
    scored.set(job, one);
    if (recorded) records.set(job, recorded);
    progress.clear();
    if (asked.json) console.log(JSON.stringify({ type: 'clip', ...condition, ...one }));
    else
      console.log(`[${`${scored.size}`.padStart(3)}/${jobs.length}] ${nameOf(condition).padEnd(5)}  ${printClip(one)}`);
    report();
  });
  const of = <T>(kept: ReadonlyMap<object, T>, wanted: Condition) =>
    jobs.filter(({ condition }) => condition === wanted).flatMap((job) => kept.get(job) ?? []);
  return {
    scored: new Map(conditions.map((condition) => [nameOf(condition), of(scored, condition)])),
    records: new Map(conditions.filter(isPlain).map((condition) => [condition.light, of(records, condition)])),
    clips,
    nameless,
  };
}

const isPlain = ({ variation }: Condition): boolean => variation === undefined;

function chosen(all: readonly LabelledClip[], { only, folder }: Asked): readonly LabelledClip[] {
  const clips = all.filter(({ file }) => only.test(file));
  if (clips.length === 0) throw new Fault('file-unreadable', `No clip of ${folder} matches.`);
  return clips;
}
