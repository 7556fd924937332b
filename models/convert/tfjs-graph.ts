/** Reads a frozen TensorFlow.js graph model (topology as JSON, weights in one binary file) into nodes and constants. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** One attribute of a node as TensorFlow writes it; strings are base64. */
const Attribute = z.object({
  b: z.boolean().optional(),
  i: z.string().optional(),
  f: z.number().optional(),
  s: z.string().optional(),
  list: z.object({ i: z.array(z.string()).optional(), s: z.array(z.string()).optional() }).optional(),
});

const Node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), Attribute).default({}),
});
export type Node = z.infer<typeof Node>;

const Weight = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z.object({ dtype: z.literal('float16') }).optional(),
});

const File = z.object({
  modelTopology: z.object({ node: z.array(Node) }),
  weightsManifest: z.tuple([z.object({ weights: z.array(Weight) })]),
});

/** A frozen tensor. Weights stay in the bits they came in: a float16 is kept as its 16 bits. */
export type Constant =
  | { readonly kind: 'float16'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly kind: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly kind: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array };

export interface Graph {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly constants: ReadonlyMap<string, Constant>;
}

/** @param path of the `.json`; the weights lie beside it in a `.bin` of the same name. */
export async function readGraph(path: string): Promise<Graph> {
  const file = File.parse(JSON.parse(await readFile(path, 'utf8')));
  const weights = await readFile(path.replace(/\.json$/, '.bin'));
  const constants = new Map<string, Constant>();
  let offset = 0;
  for (const { name, shape, dtype, quantization } of file.weightsManifest[0].weights) {
    const count = shape.reduce((all, one) => all * one, 1);
    const length = count * (quantization ? 2 : 4);
    // A copy, because a typed array must begin at a multiple of its own width.
    const bytes = new Uint8Array(weights.subarray(offset, offset + length)).buffer;
    offset += length;
    if (dtype === 'int32') constants.set(name, { kind: 'int32', shape, data: new Int32Array(bytes) });
    else if (quantization) constants.set(name, { kind: 'float16', shape, data: new Uint16Array(bytes) });
    else constants.set(name, { kind: 'float32', shape, data: new Float32Array(bytes) });
  }
  if (offset !== weights.length) throw new Error(`${path}: ${weights.length - offset} bytes of weights are left over`);
  return { nodes: new Map(file.modelTopology.node.map((node) => [node.name, node])), constants };
}
