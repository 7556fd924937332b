/** `npm run replay`: sends one recording through the agent's own stages and prints what was found in it. */
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { asFault } from '@nattfrid/shared/fault/fault';
import { elapsed } from '@nattfrid/shared/time/clock';
import { type RecordingRun, runRecording } from './recording/recording-run.ts';
import { help, holdOf, nightAt, readArguments, variationOf } from './replay/arguments.ts';
import { openRecord } from './replay/observation-record.ts';
import { printJson } from './replay/print-json.ts';
import { printTimeline } from './replay/print-timeline.ts';
import { readPlan, readRoom } from './replay/room-and-plan.ts';
import { rounded } from './replay/rounded.ts';

async function main(): Promise<void> {
  const { values, file } = readArguments();
  if (values.help) return console.log(help);
  const [room, plan] = [await readRoom(values.room), await readPlan(values.plan)];
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  await using models = await openModels(await builtModels());
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
  const out = values.json ? printJson(run, values.trace) : printTimeline(run, values.trace);
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

try {
  await main();
} catch (error) {
  console.error(asFault(error).message.replaceAll('\n', ' '));
  process.exitCode = 2;
}
