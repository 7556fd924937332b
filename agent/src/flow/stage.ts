/** Pure. A stage of the pipeline: one stream in, one stream out, one signal that ends it. */
export type Stage<In, Out> = (source: AsyncIterable<In>, signal: AbortSignal) => AsyncIterable<Out>;
