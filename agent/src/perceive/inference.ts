/** A thread in which one model runs, so that nothing else waits for it; silenced before it begins. */
import { Worker } from 'node:worker_threads';
import type { Asked, Described, Opening, Said } from './model-talk.ts';

export interface Inference extends AsyncDisposable {
  /** Inputs, then outputs, as the file itself has them. */
  readonly described: readonly Described[];
  /** One after the other. @throws Error with the library's words, also when the thread has died. */
  run(asked: Asked): Promise<Readonly<Record<string, Float32Array>>>;
}

/**
 * From 1.29 on ONNX Runtime keeps a device id and a database under the home folder and sends events about each session to
 * its maker. It looks for these once, in the process's own environment, when it is loaded (microsoft/onnxruntime pull requests
 * 27379 and 29843: two names for one switch). A unit in somebody's home speaks with nobody but its relay.
 */
const silence = ['ORT_DISABLE_TELEMETRY', 'ORT_TELEMETRY_DISABLED'];

/** @throws Error where the model cannot be opened */
export async function openInference(opening: Opening): Promise<Inference> {
  // A thread's environment is a copy that the library never sees: it must be set here.
  for (const name of silence) process.env[name] = '1';
  const worker = new Worker(new URL('./model-thread.ts', import.meta.url), { workerData: opening, execArgv: [] });
  let waiting: PromiseWithResolvers<Said> | undefined;
  let dead: Error | undefined;
  const die = (why: string) => {
    dead ??= new Error(why);
    waiting?.reject(dead);
  };
  worker.on('message', (said: Said) => waiting?.resolve(said));
  worker.on('error', (error) => die(error.message));
  worker.on('exit', () => die('the thread of the model has ended'));
  let before: Promise<unknown> = Promise.resolve();
  const answer = (ask?: Asked): Promise<Said> => {
    const mine = before.then(() => {
      if (dead) throw dead;
      waiting = Promise.withResolvers();
      if (ask) worker.postMessage(ask);
      return waiting.promise;
    });
    before = mine.catch(() => {});
    return mine;
  };
  const close = async () => {
    await before;
    await worker.terminate();
  };
  const first = await answer();
  if (first.type !== 'opened') {
    await close();
    throw new Error(first.type === 'failed' ? first.why : 'an answer without a question');
  }
  return {
    described: first.described,
    async run(asked) {
      const said = await answer(asked);
      if (said.type === 'ran') return said.outputs;
      throw new Error(said.type === 'failed' ? said.why : 'opened twice');
    },
    [Symbol.asyncDispose]: close,
  };
}
