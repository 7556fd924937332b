/** One model: a built file, checked against the manifest, opened, run, released. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Inference, type InferenceThread, openThread } from './inference.ts';
import { declaredShapes, Manifest, type ModelEntry, shapesOf } from './manifest.ts';

export interface Model extends AsyncDisposable {
  readonly name: string;
  /** Version of the package that the weights come from. */
  readonly version: string;
  /** Shape, colour order and normalisation of the input tensor; see `tensorFormat`. */
  readonly input: ModelEntry['input'];
  /**
   * Memory of so many numbers that may be filled and run without being copied, as long as one run follows the other.
   * @param length as one of the manifest's input shapes holds
   */
  memory(length: number): Float32Array;
  /**
   * @param input exactly as many numbers as one of the manifest's input shapes holds; it is copied unless it is `memory`
   * @returns each output by its name in the manifest; the next run of this model overwrites the arrays
   * @throws Fault `model-failed`: a model that did not run is never an empty room.
   */
  run(input: Float32Array): Promise<Readonly<Record<string, Float32Array>>>;
}

export interface ModelPlace {
  /** Where the built `.onnx` files lie. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Threads of one run; one leaves the other cores of a small computer to the other stages. */
  readonly threads?: number;
  /** A worker thread shared with other models, which closing the model leaves open; by default one of its own. */
  readonly thread?: InferenceThread;
}

/** @throws Fault `file-missing` or `config-invalid`, when the manifest cannot be read or says something else than it should. */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('file-missing', `The list of models ${path} cannot be read. Reinstall the agent.`, { cause });
  });
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new Fault('config-invalid', `The list of models ${path} is damaged. Reinstall the agent.`, { cause });
  }
}

/**
 * @throws Fault `model-missing`, `model-wrong-digest`, or `model-failed` when it opens but is not the model that the manifest
 * describes.
 */
export async function openModel(name: string, { folder, manifest, threads = 1, thread }: ModelPlace): Promise<Model> {
  const entry = manifest.models.find((one) => one.name === name);
  if (!entry)
    throw new Fault('model-missing', `No model called ${name} stands in the list of models.`, { fields: { name } });
  const bytes = await checkedBytes(entry, folder);
  await using opened = new AsyncDisposableStack();
  const inference = opened.use(await openIn(thread ?? opened.use(openThread()), entry, bytes, threads));
  check(entry, inference);
  const all = opened.move();
  const counts = shapesOf(entry).map(({ input }) => size(input));
  return {
    name,
    version: entry.source.version,
    input: entry.input,
    memory(length) {
      const memory = inference.inputs.find((one) => one.length === length);
      if (!memory) throw new Fault('model-failed', `The model ${name} has no input of ${length} numbers.`);
      return memory;
    },
    async run(input) {
      if (!counts.includes(input.length)) {
        const takes = counts.join(' or ');
        throw new Fault('model-failed', `The model ${name} takes ${takes} numbers and was given ${input.length}.`);
      }
      const results = await inference.run(input).catch((cause: unknown) => {
        throw new Fault('model-failed', `The model ${name} could not be run.`, { cause, fields: { name } });
      });
      return Object.fromEntries(
        entry.outputs.map(({ name: output }) => [output, numbersOf(entry, output, results[output])]),
      );
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function checkedBytes(entry: ModelEntry, folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, `${entry.name}.onnx`);
  const fields = { name: entry.name, path };
  const bytes = await readFile(path).catch((cause: unknown) => {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EACCES';
    const todo = isThere ? 'It is there: give this user the right to read it.' : 'Run `npm run build:models`.';
    throw new Fault('model-missing', `The model file ${path} cannot be read. ${todo}`, { cause, fields });
  });
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === entry.sha256) return bytes;
  const words = `The model file ${path} is not the one that the list of models describes. Run \`npm run build:models -- --force\`.`;
  throw new Fault('model-wrong-digest', words, { fields: { ...fields, found, expected: entry.sha256 } });
}

function openIn(
  thread: InferenceThread,
  entry: ModelEntry,
  bytes: Uint8Array<ArrayBuffer>,
  threads: number,
): Promise<Inference> {
  return thread.open(bytes, threads, shapesOf(entry)).catch((cause: unknown) => {
    throw new Fault('model-failed', `The model ${entry.name} could not be opened.`, {
      cause,
      fields: { name: entry.name },
    });
  });
}

function check(entry: ModelEntry, { described }: Inference): void {
  const declared = declaredShapes(entry);
  const found = described.map(signature).join();
  const expected = [entry.input, ...entry.outputs]
    .map((one, index) => ({ ...one, type: one.dtype, shape: [declared.input, ...declared.outputs][index]! }))
    .map(signature)
    .join();
  if (found === expected) return;
  const words = `The model ${entry.name} has other inputs or outputs than the list of models says.`;
  throw new Fault('model-failed', words, { fields: { found, expected } });
}

const signature = (one: {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}): string => `${one.name}:${one.type}[${one.shape.join('x')}]`;

function numbersOf(entry: ModelEntry, name: string, numbers: Float32Array | undefined): Float32Array {
  if (numbers) return numbers;
  throw new Fault('model-failed', `The model ${entry.name} gave no ${name}.`, {
    fields: { name: entry.name, output: name },
  });
}

const size = (shape: readonly number[]): number => shape.reduce((all, one) => all * one, 1);
