/** Pure. What is said between the agent and the thread in which its models run. */

export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** The numbers of one model lie in memory that both sides see: what goes in, and each output by its name. Nothing is copied to be said. */
export interface SharedTensors {
  readonly input: Float32Array;
  readonly outputs: Readonly<Record<string, Float32Array>>;
}

/** `model` counts the models of one thread, in the order in which they were opened. */
export type InferenceRequest =
  | { readonly type: 'open'; readonly model: number; readonly bytes: Uint8Array; readonly threads: number }
  | { readonly type: 'run'; readonly model: number }
  | { readonly type: 'close'; readonly model: number };

/** One answer to each question, in order. */
export type InferenceReply =
  | { readonly type: 'opened'; readonly described: readonly TensorInfo[]; readonly shared: SharedTensors }
  | { readonly type: 'ran' }
  | { readonly type: 'closed' }
  | { readonly type: 'failed'; readonly why: string };
