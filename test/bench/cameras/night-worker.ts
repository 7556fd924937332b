/** Plays one night after another in a thread of its own. */
import { parentPort } from 'node:worker_threads';
import type { Call } from './course.ts';
import { playNight } from './night.ts';

parentPort?.on('message', async (calls: readonly Call[]) => parentPort?.postMessage(await playNight(calls)));
