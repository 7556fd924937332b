/** Process with the relay of a tree, this one or an earlier commit's, over a database that `fill-relay.ts` has filled: only what units cost has been in its memory. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import { relayOf } from '../trees/relay-of.ts';
import { settingsOfRelay } from './filled-relay.ts';
import type { FromRelay, Held, ToRelay } from './messages.ts';
import { residentOf } from './resident.ts';

const [tree, folder] = process.argv.slice(2) as [string, string];
const tell = (word: FromRelay) => void process.send?.(word);

const { openRelay, silent, systemClock, ...opens } = await relayOf(tree);
const settings = settingsOfRelay(opens.checkSettings, folder);
const relay = await openRelay(settings, { clock: systemClock, log: silent, newId: randomUUID });

async function held(swept: boolean): Promise<Held> {
  const { user, system } = process.cpuUsage();
  if (swept)
    for (let turn = 0; turn < 4; turn++) {
      globalThis.gc?.();
      await wait(250);
    }
  const { heapUsed, heapTotal, external } = process.memoryUsage();
  return {
    resident: residentOf(process.pid),
    heap: heapUsed,
    committed: heapTotal,
    external,
    cpu: (user + system) / 1000,
  };
}

let profiling: { readonly session: Session; readonly file: string } | undefined;
async function profile(file: string): Promise<void> {
  const session = new Session();
  session.connect();
  profiling = { session, file };
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}
async function profiled(): Promise<void> {
  if (!profiling) return;
  const { session, file } = profiling;
  const { profile: cpu } = await session.post('Profiler.stop');
  writeFileSync(`${file}.cpuprofile`, JSON.stringify(cpu));
  session.disconnect();
  writeHeapSnapshot(`${file}.heapsnapshot`);
}

process.on('message', (word: ToRelay) => {
  if (word.type === 'profile') void profile(word.file);
  else if (word.type === 'profiled') void profiled().then(() => tell({ type: 'profiled' }));
  else void held(word.swept).then((now) => tell({ type: 'held', held: now }));
});
process.on('disconnect', () => process.exit(0));
tell({ type: 'open', units: `https://127.0.0.1:${relay.unitPort}`, address: relay.url });
