/** Pure. Schema of the model manifest: source, licence, input and output tensors, and the digest of each file. */
import { z } from 'zod';

const Shape = z.array(z.int().positive()).min(1);

export const ModelEntry = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** What the model is for, in a sentence. */
  about: z.string(),
  source: z.strictObject({
    package: z.string(),
    version: z.string(),
    path: z.string(),
    origin: z.url(),
    /** File of weights of our own that are added to the original's, beside the manifest. */
    taught: z.string().optional(),
  }),
  licence: z.string(),
  /** Size of the built file. */
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  input: z.strictObject({
    name: z.string(),
    /** What the original graph calls it. */
    from: z.string(),
    dtype: z.literal('float32'),
    /** With the longest side that the input may have. */
    shape: Shape,
    /** Shorter sides that it may have as well, each a multiple of the coarsest cell. */
    sides: z.array(z.int().positive()).optional(),
    axes: z.enum(['batch, colour, row, column', 'batch, row, column, colour']),
    colours: z.enum(['RGB', 'BGR']),
    /** Normalisation (value - mean) / deviation of a colour from 0 to 255, in the order of `colours`. */
    mean: z.tuple([z.number(), z.number(), z.number()]),
    deviation: z.tuple([z.number(), z.number(), z.number()]),
  }),
  outputs: z
    .array(
      z.strictObject({
        name: z.string(),
        from: z.string(),
        dtype: z.literal('float32'),
        /** For the longest input. */
        shape: Shape,
        /** Side of a cell in pixels of the input, where the second axis of the shape counts cells. */
        cell: z.int().positive().optional(),
        /** What the numbers mean, and between which bounds they lie. */
        means: z.string(),
      }),
    )
    .min(1),
});
export type ModelEntry = z.infer<typeof ModelEntry>;

export const Manifest = z.strictObject({
  /** Version of the ONNX operator set that the files are written in. */
  opset: z.int(),
  models: z.array(ModelEntry),
});
export type Manifest = z.infer<typeof Manifest>;

/** Shapes of a model's tensors for one side of its input. */
export interface TensorShapes {
  readonly input: readonly number[];
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/** All shapes that a model may be run with, the longest side first. */
export function shapesOf({ input, outputs }: ModelEntry): readonly [TensorShapes, ...TensorShapes[]] {
  const longest = sideOf(input);
  const of = (side: number): TensorShapes => ({
    input: input.shape.map((count) => (count === longest ? side : count)),
    outputs: Object.fromEntries(
      outputs.map(({ name, shape, cell }) => [name, cell === undefined ? shape : shape.with(1, (side / cell) ** 2)]),
    ),
  });
  return [of(longest), ...(input.sides ?? []).map(of)];
}

/** The longest side of the square input, in pixels. */
export const sideOf = ({ shape, axes }: ModelEntry['input']): number =>
  shape[axes === 'batch, colour, row, column' ? 2 : 1]!;

/** The shapes as the file declares them: an axis that depends on the input's side has a name. */
export function declaredShapes({ input, outputs }: ModelEntry) {
  const longest = sideOf(input);
  const free = input.sides !== undefined;
  return {
    input: input.shape.map((count) => (free && count === longest ? 'side' : count)),
    outputs: outputs.map(({ shape, cell }) =>
      shape.map((count, axis) => (free && cell !== undefined && axis === 1 ? `cells${cell}` : count)),
    ),
  };
}
