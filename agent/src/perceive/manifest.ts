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
    shape: Shape,
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
        shape: Shape,
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
