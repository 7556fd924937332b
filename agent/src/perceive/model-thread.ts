/** The one door to ONNX Runtime: one session in a thread of its own, because the library runs a model on the thread that asks. */
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Asked, Opening, Said } from './model-talk.ts';

const port = parentPort;
const { bytes, threads } = workerData as Opening;
const say = (said: Said, moved: ArrayBuffer[] = []) => port?.postMessage(said, moved);
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

try {
  const session = await InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const described = [...session.inputMetadata, ...session.outputMetadata].map((one) =>
    one.isTensor
      ? { name: one.name, type: one.type, shape: one.shape }
      : { name: one.name, type: 'no tensor', shape: [] },
  );
  port?.on('message', async ({ input, name, shape }: Asked) => {
    try {
      const results = await session.run({ [name]: new Tensor('float32', input, shape) });
      const outputs = Object.fromEntries(
        Object.entries(results).flatMap(([output, { data }]) => (data instanceof Float32Array ? [[output, data]] : [])),
      );
      say({ type: 'ran', outputs });
    } catch (error) {
      say({ type: 'failed', why: words(error) });
    }
  });
  say({ type: 'opened', described });
} catch (error) {
  say({ type: 'failed', why: words(error) });
}
