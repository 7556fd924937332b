/** The worker thread in which models run, so that nothing else waits for them; ONNX Runtime's telemetry is switched off before it starts. */
import { Worker } from 'node:worker_threads';
import type { InferenceReply, InferenceRequest, TensorInfo } from './inference-messages.ts';
import type { TensorShapes } from './manifest.ts';

export interface Inference extends AsyncDisposable {
  /** Inputs, then outputs, as the model file describes them. */
  readonly described: readonly TensorInfo[];
  /** The shared memory of the input for each shape: what is filled there is run without being copied, while no other run waits. */
  readonly inputs: readonly Float32Array[];
  /**
   * Runs are queued over all models of the thread.
   * @param input as many numbers as one of the shapes has that the model was opened with
   * @returns each output by its name, as views of shared memory that the next run of this model overwrites
   * @throws Error with the library's words, also when the thread has died.
   */
  run(input: Float32Array): Promise<Readonly<Record<string, Float32Array>>>;
}

/** Shared by all models: each thread costs a heap of its own, and two at once only take turns on a small computer. */
export interface InferenceThread extends AsyncDisposable {
  /**
   * @param bytes are transferred to the thread and unusable afterwards
   * @param shapes that it may be run with, the largest first
   * @throws Error where the model cannot be opened
   */
  open(bytes: Uint8Array<ArrayBuffer>, threads: number, shapes: readonly TensorShapes[]): Promise<Inference>;
}

/**
 * From 1.29 on ONNX Runtime keeps a device id and a database under the home folder and sends events about each session to
 * its maker. It looks for these once, in the process's own environment, when it is loaded (microsoft/onnxruntime pull requests
 * 27379 and 29843: two names for one switch). A unit in somebody's home speaks with nobody but its relay.
 */
const silence = ['ORT_DISABLE_TELEMETRY', 'ORT_TELEMETRY_DISABLED'];

/** The thread's heap holds next to nothing: tensors are in shared memory, weights in the library. */
const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 };

export function openThread(): InferenceThread {
  // Set in the process itself: a thread's environment is a copy that the library never reads.
  for (const name of silence) process.env[name] = '1';
  const worker = new Worker(new URL('./inference-worker.ts', import.meta.url), { resourceLimits, execArgv: [] });
  let waiting: PromiseWithResolvers<InferenceReply> | undefined;
  let dead: Error | undefined;
  const die = (why: string) => {
    dead ??= new Error(why);
    waiting?.reject(dead);
  };
  worker.on('message', (said: InferenceReply) => waiting?.resolve(said));
  worker.on('error', (error) => die(error.message));
  worker.on('exit', () => die('the thread of the models has ended'));

  let before: Promise<unknown> = Promise.resolve();
  const answer = (
    ask: InferenceRequest,
    prepare?: () => void,
    moved: readonly ArrayBuffer[] = [],
  ): Promise<InferenceReply> => {
    const mine = before.then(() => {
      if (dead) throw dead;
      waiting = Promise.withResolvers();
      prepare?.();
      worker.postMessage(ask, moved);
      return waiting.promise;
    });
    before = mine.catch(() => {});
    return mine;
  };

  let models = 0;
  return {
    async open(bytes, threads, shapes) {
      const model = models++;
      const first = await answer({ type: 'open', model, bytes, threads, shapes }, undefined, [bytes.buffer]);
      if (first.type !== 'opened') throw new Error(wrong(first));
      const { described, shared } = first;
      return {
        described,
        inputs: shared.map((one) => one.input),
        async run(input) {
          const shape = shared.findIndex((one) => one.input.length === input.length);
          const tensors = shared[shape];
          if (!tensors) throw new Error(`no shape of the model has ${input.length} numbers`);
          const said = await answer({ type: 'run', model, shape }, () => {
            if (input !== tensors.input) tensors.input.set(input);
          });
          if (said.type === 'ran') return tensors.outputs;
          throw new Error(wrong(said));
        },
        async [Symbol.asyncDispose]() {
          if (!dead) await answer({ type: 'close', model });
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await before;
      await worker.terminate();
    },
  };
}

const wrong = (said: InferenceReply): string =>
  said.type === 'failed' ? said.why : `an answer to another question: ${said.type}`;
