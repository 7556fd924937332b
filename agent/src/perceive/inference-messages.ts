/** Pure. Messages between the agent and the inference worker. */
import type { TensorShapes } from './manifest.ts';

export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** One model's input and outputs for one side of the input, in shared memory, so that no message copies a tensor. */
export interface SharedTensors {
  readonly input: Float32Array;
  readonly outputs: Readonly<Record<string, Float32Array>>;
}

/** `model` is the model's index in the thread, in the order of opening; `shape` the index of the shapes that it was opened with. */
export type InferenceRequest =
  | {
      readonly type: 'open';
      readonly model: number;
      readonly bytes: Uint8Array;
      readonly threads: number;
      readonly shapes: readonly TensorShapes[];
    }
  | { readonly type: 'run'; readonly model: number; readonly shape: number }
  | { readonly type: 'close'; readonly model: number };

/** One reply to each request, in order. */
export type InferenceReply =
  | { readonly type: 'opened'; readonly described: readonly TensorInfo[]; readonly shared: readonly SharedTensors[] }
  | { readonly type: 'ran' }
  | { readonly type: 'closed' }
  | { readonly type: 'failed'; readonly why: string };
