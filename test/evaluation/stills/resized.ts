/** Pure. A detector's file and its entry in the list of models, for a smaller side of its input. */
import type { ModelEntry } from '@nattfrid/agent/perceive/manifest';
import proto from 'onnx-proto';

const { ModelProto } = proto.onnx;

/** What is resized in the graph, and the cells of its outputs, shrink along with the input. */
export function resized(file: Uint8Array, entry: ModelEntry, side: number): readonly [Uint8Array, ModelEntry] {
  const whole = entry.input.shape[2]!;
  const model = ModelProto.decode(file);
  const graph = model.graph!;
  const shrunk = (size: number) => Math.round((size * side) / whole);
  const sizes = new Set(graph.node?.filter((node) => node.opType === 'Resize').map((node) => node.input![3]));
  for (const constant of graph.initializer ?? []) {
    if (typeof constant.name !== 'string' || !sizes.has(constant.name)) continue;
    const raw = constant.rawData!;
    const numbers = new BigInt64Array(Uint8Array.from(raw).buffer);
    constant.rawData = new Uint8Array(numbers.map((size) => BigInt(shrunk(Number(size)))).buffer);
  }
  const input = { ...entry.input, shape: entry.input.shape.map((size) => (size === whole ? side : size)) };
  const outputs = entry.outputs.map((one) => ({
    ...one,
    shape: one.shape.with(1, Math.round(one.shape[1]! * (side / whole) ** 2)),
  }));
  const shapes = [input, ...outputs].map(({ shape }) => shape);
  for (const [at, declared] of [graph.input![0]!, ...graph.output!].entries())
    declared.type!.tensorType!.shape!.dim = shapes[at]!.map((dimValue) => ({ dimValue }));
  return [ModelProto.encode(model).finish(), { ...entry, input, outputs }];
}
