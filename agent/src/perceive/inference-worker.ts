/** The one door to ONNX Runtime: a worker thread for all models, because the library runs a model on the calling thread. */
import { parentPort } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { InferenceReply, InferenceRequest, SharedTensors, TensorInfo } from './inference-messages.ts';

interface Opened {
  readonly session: InferenceSession;
  readonly feeds: Readonly<Record<string, Tensor>>;
  /** Preallocated outputs: a run makes no garbage, and computes only these. */
  readonly fetches: Readonly<Record<string, Tensor>>;
}

const opened = new Map<number, Opened>();
const port = parentPort;

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
    await model.session.run(model.feeds, model.fetches);
    return { type: 'ran' };
  }
  opened.delete(asked.model);
  await model.session.release();
  return { type: 'closed' };
}

async function open({ model, bytes, threads }: Extract<InferenceRequest, { type: 'open' }>): Promise<InferenceReply> {
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
  if (!input) throw new Error('the model has no input');
  const numbers = sharedNumbers(input);
  const written = Object.fromEntries(outputs.map((one) => [one.name, sharedNumbers(one)]));
  const shared: SharedTensors = { input: numbers, outputs: written };
  opened.set(model, {
    session,
    feeds: { [input.name]: tensor(input, numbers) },
    fetches: Object.fromEntries(outputs.map((one) => [one.name, tensor(one, written[one.name]!)])),
  });
  return { type: 'opened', described: [input, ...outputs], shared };
}

const described = (one: InferenceSession.ValueMetadata): TensorInfo =>
  one.isTensor
    ? { name: one.name, type: one.type, shape: one.shape }
    : { name: one.name, type: 'no tensor', shape: [] };

const tensor = ({ shape }: TensorInfo, numbers: Float32Array) => new Tensor('float32', numbers, shape.map(Number));

/** @throws for a model with dynamic shapes or another type than float32; none of the manifest has either */
function sharedNumbers({ name, type, shape }: TensorInfo): Float32Array {
  const count = shape.reduce<number>((all, one) => all * Number(one), 1);
  if (type !== 'float32' || !Number.isSafeInteger(count) || count < 1)
    throw new Error(`${name} is ${type} of ${shape.join('x')}, not float32 of a fixed size`);
  return new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT));
}
