/** The graphs that our models are converted from, run by TensorFlow.js: the reference for the converted ones. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ModelEntry } from '@nattfrid/agent/perceive/manifest';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const { resolve } = createRequire(import.meta.url);

export interface OriginalGraph extends Disposable {
  /** @returns each output by its name in the manifest */
  run(input: Float32Array): Readonly<Record<string, Float32Array>>;
}

export async function openOriginal(entry: ModelEntry): Promise<OriginalGraph> {
  setWasmPaths(`${dirname(resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  const path = join(dirname(resolve(`${entry.source.package}/package.json`)), entry.source.path);
  const { modelTopology, weightsManifest, format } = JSON.parse(await readFile(path, 'utf8'));
  const weightData = new Uint8Array(await readFile(path.replace(/\.json$/, '.bin'))).buffer;
  const weightSpecs = weightsManifest[0].weights;
  const graph = await tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData, format }) });
  return {
    run: (input) =>
      tf.tidy(() => {
        const picture = tf.tensor(input, entry.input.shape, 'float32');
        const made = graph.execute(
          picture,
          entry.outputs.map(({ from }) => from),
        );
        const outputs = Array.isArray(made) ? made : [made];
        const numbers = outputs.map((one) => one.dataSync() as Float32Array);
        return Object.fromEntries(entry.outputs.map(({ name }, index) => [name, numbers[index] ?? new Float32Array()]));
      }),
    [Symbol.dispose]: () => graph.dispose(),
  };
}
