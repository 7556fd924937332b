/** Pure. What is said between the agent and the thread in which a model runs. */
export interface Opening {
  readonly bytes: Uint8Array;
  readonly threads: number;
}

export interface Asked {
  readonly name: string;
  readonly input: Float32Array;
  readonly shape: readonly number[];
}

export interface Described {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** One answer to each question, in order; the first is to the opening. */
export type Said =
  | { readonly type: 'opened'; readonly described: readonly Described[] }
  | { readonly type: 'ran'; readonly outputs: Readonly<Record<string, Float32Array>> }
  | { readonly type: 'failed'; readonly why: string };
