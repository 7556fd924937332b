/** Builds one ONNX file, node by node; the only file that knows the protobuf. */
import proto from 'onnx-proto';
import type { HalfTensor } from './taught.ts';
import type { Constant } from './tfjs-graph.ts';

const { AttributeProto, ModelProto, TensorProto } = proto.onnx;
const kinds = AttributeProto.AttributeType;
const types = TensorProto.DataType;

export type AttributeValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string };

export interface OnnxFile {
  /** Adds a node and gives back the names of its outputs. */
  node(op: string, inputs: readonly string[], attributes?: Record<string, AttributeValue>, outputs?: number): string[];
  /** Adds a frozen tensor of floats. Half-width ones stay so in the file and are widened once, when it is loaded. */
  floats(value: Constant): string;
  /** Adds a list of whole numbers (shapes, axes, paddings). */
  wholes(values: readonly number[]): string;
  /** @param shape an axis of any length has a name */
  input(name: string, shape: readonly (number | string)[]): string;
  output(name: string, shape: readonly (number | string)[], from: string): void;
  /** The same calls give the same bytes. */
  bytes(producer: string, opset: number): Uint8Array;
  readonly size: number;
}

export function onnxFile(): OnnxFile {
  const graph = { name: 'graph', node: [], initializer: [], input: [], output: [] } as Required<
    Pick<proto.onnx.IGraphProto, 'node' | 'initializer' | 'input' | 'output'>
  > & { name: string };
  let names = 0;
  const fresh = () => `t${names++}`;
  const frozen = (dataType: number, dims: readonly number[], rawData: Uint8Array): string => {
    const name = fresh();
    graph.initializer?.push({ name, dataType, dims: [...dims], rawData });
    return name;
  };
  const file: OnnxFile = {
    node(op, inputs, attributes = {}, outputs = 1) {
      const output = Array.from({ length: outputs }, fresh);
      const attribute = Object.entries(attributes).map(([name, value]) => written(name, value));
      graph.node?.push({ opType: op, name: output[0] ?? op, input: [...inputs], output, attribute });
      return output;
    },
    floats({ kind, shape, data }) {
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      if (kind === 'int32') throw new Error('whole numbers where floats were expected');
      if (kind === 'float32') return frozen(types.FLOAT, shape, raw);
      return file.node('Cast', [frozen(types.FLOAT16, shape, raw)], { to: { int: types.FLOAT } })[0] as string;
    },
    wholes(values) {
      return frozen(types.INT64, [values.length], new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
    },
    input(name, shape) {
      graph.input?.push(declared(name, shape));
      return name;
    },
    output(name, shape, from) {
      graph.node?.push({ opType: 'Identity', name, input: [from], output: [name] });
      graph.output?.push(declared(name, shape));
    },
    bytes(producerName, opset) {
      return ModelProto.encode({
        irVersion: 8,
        producerName,
        opsetImport: [{ domain: '', version: opset }],
        graph,
      }).finish();
    },
    get size() {
      return graph.node?.length ?? 0;
    },
  };
  return file;
}

/** The file again, after `change` has worked on its tensors of 16-bit floats; single numbers are not shown to it. */
export function withWeights(bytes: Uint8Array, change: (tensors: readonly HalfTensor[]) => void): Uint8Array {
  const model = ModelProto.decode(bytes);
  const halves = (model.graph?.initializer ?? []).filter(
    ({ dataType, dims }) => dataType === types.FLOAT16 && dims?.length,
  );
  const tensors = halves.map(({ dims, rawData }) => ({
    shape: (dims ?? []).map(Number),
    numbers: new Float16Array(Uint8Array.from(rawData ?? []).buffer),
  }));
  change(tensors);
  for (const [index, { numbers }] of tensors.entries()) halves[index]!.rawData = new Uint8Array(numbers.buffer);
  return ModelProto.encode(model).finish();
}

function written(name: string, value: AttributeValue): proto.onnx.IAttributeProto {
  if ('int' in value) return { name, type: kinds.INT, i: value.int };
  if ('float' in value) return { name, type: kinds.FLOAT, f: value.float };
  if ('ints' in value) return { name, type: kinds.INTS, ints: [...value.ints] };
  return { name, type: kinds.STRING, s: Buffer.from(value.text) };
}

const declared = (name: string, shape: readonly (number | string)[]): proto.onnx.IValueInfoProto => {
  const dim = shape.map((one) => (typeof one === 'string' ? { dimParam: one } : { dimValue: one }));
  return { name, type: { tensorType: { elemType: types.FLOAT, shape: { dim } } } };
};
