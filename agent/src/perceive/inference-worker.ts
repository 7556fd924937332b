/** The one door to ONNX Runtime: a worker thread for all models, because the library runs a model on the calling thread. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { InferenceReply, InferenceRequest, SharedTensors, TensorInfo } from './inference-messages.ts';

interface Opened {
  readonly session: InferenceSession;
  readonly bound: readonly Bound[];
}

/** A session's tensors for one side of its input. */
interface Bound {
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** Preallocated outputs: a run makes no garbage, and computes only these. */
  readonly fetches: Readonly<Record<string, Tensor>>;
}

const opened = new Map<number, Opened>();
const port = parentPort;

/**
 * The file of a model is garbage once it is open, and this thread makes so little more that V8 would keep those megabytes for days.
 * Exposed here alone: the flag counts for what is compiled after it.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Requests come one at a time: `inference.ts` sends the next after the reply. */
port?.on('message', async (asked: InferenceRequest) => {
  try {
    port.postMessage(await answer(asked));
  } catch (error) {
    const said: InferenceReply = { type: 'failed', why: error instanceof Error ? error.message : String(error) };
    port.postMessage(said);
  }
});

async function answer(asked: InferenceRequest): Promise<InferenceReply> {
  if (asked.type === 'open') return open(asked);
  const model = opened.get(asked.model);
  if (!model) throw new Error('the model is not open');
  if (asked.type === 'run') {
    const { feeds, fetches } = model.bound[asked.shape]!;
    await model.session.run(feeds, fetches);
    return { type: 'ran' };
  }
  opened.delete(asked.model);
  await model.session.release();
  return { type: 'closed' };
}

async function open({
  model,
  bytes,
  threads,
  shapes,
}: Extract<InferenceRequest, { type: 'open' }>): Promise<InferenceReply> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // With the arena and without the memory pattern: measured to hold the least, and no slower.
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  const [input] = session.inputMetadata.map(described);
  const outputs = session.outputMetadata.map(described);
  const [largest] = shapes;
  if (!input || !largest) throw new Error('the model has no input');
  // One stretch of memory for all shapes: only one of them is run at a time.
  const memory = new Map([[input, sharedNumbers(input, largest.input)]]);
  for (const one of outputs) memory.set(one, sharedNumbers(one, largest.outputs[one.name]));
  const part = (one: TensorInfo, shape: readonly number[]) => memory.get(one)!.subarray(0, lengthOf(shape));
  const shared = shapes.map(
    (shape): SharedTensors => ({
      input: part(input, shape.input),
      outputs: Object.fromEntries(outputs.map((one) => [one.name, part(one, shape.outputs[one.name]!)])),
    }),
  );
  const bound = shared.map((numbers, index): Bound => {
    const shape = shapes[index]!;
    const fetches = outputs.map(({ name }) => [name, tensor(numbers.outputs[name]!, shape.outputs[name]!)]);
    return {
      feeds: { [input.name]: tensor(numbers.input, shape.input) },
      fetches: Object.fromEntries(fetches),
    };
  });
  opened.set(model, { session, bound });
  collectGarbage();
  return { type: 'opened', described: [input, ...outputs], shared };
}

const described = (one: InferenceSession.ValueMetadata): TensorInfo =>
  one.isTensor
    ? { name: one.name, type: one.type, shape: one.shape }
    : { name: one.name, type: 'no tensor', shape: [] };

const tensor = (numbers: Float32Array, shape: readonly number[]) => new Tensor('float32', numbers, shape);

const lengthOf = (shape: readonly number[]): number => shape.reduce((all, one) => all * one, 1);

/** @throws for another type than float32, or a tensor of which no shape is told; none of the manifest is so */
function sharedNumbers({ name, type, shape }: TensorInfo, largest: readonly number[] | undefined): Float32Array {
  const count = largest ? lengthOf(largest) : 0;
  if (type !== 'float32' || !Number.isSafeInteger(count) || count < 1)
    throw new Error(`${name} is ${type} of ${shape.join('x')}, not float32 of a known size`);
  return new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT));
}
