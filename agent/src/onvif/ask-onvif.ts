/** Asks one thing by ONVIF in a thread of its own, for a bounded time and with a bounded memory. */
import { Worker } from 'node:worker_threads';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { onvifFault } from './faults.ts';
import type { OnvifAsk, OnvifReply } from './messages.ts';

/** For all the answers of one camera together. */
const patience = seconds(30);
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };

/**
 * @returns what was said, still to be read by a schema
 * @throws Fault `camera-unreachable`, `camera-refused-login` or `camera-not-video`, in words for a technician
 */
export async function askOnvif(ask: OnvifAsk, clock: Clock, signal: AbortSignal, within: Duration = patience) {
  const name = ask.type === 'discover' ? ask.through : `${ask.target.host}:${ask.target.port}`;
  const over = new AbortController();
  // Its own words, on a console of the library's, are nobody's business.
  const worker = new Worker(new URL('./onvif-worker.ts', import.meta.url), {
    ...{ workerData: ask, resourceLimits, execArgv: [], stdout: true, stderr: true },
  });
  const replied = new Promise<OnvifReply>((resolve) => {
    const failed = (words: string) => resolve({ type: 'failed', words });
    worker.once('message', resolve);
    worker.once('error', (error) => failed(`strange answer: ${error.message}`));
    worker.once('exit', () => failed('strange answer'));
    void clock.sleep(within, AbortSignal.any([over.signal, signal])).then(() => failed('timeout'));
  });
  try {
    const reply = await replied;
    if (signal.aborted) throw new Fault('camera-unreachable', `${name} was no longer waited for.`);
    if (reply.type === 'told') return reply.value;
    throw onvifFault(name, reply.words);
  } finally {
    over.abort();
    await worker.terminate();
  }
}
