/** The table from TensorFlow operations to ONNX ones: all the kinds of node that our graphs hold, and no other. */
import { inputOf, realOf, textOf, textsOf, truthOf, wholesOf } from './attribute.ts';
import { fold } from './fold.ts';
import {
  asIs,
  axisIn,
  channelsFirst,
  commonOrder,
  inOrder,
  type Order,
  type Tensor,
  tensor,
  transposed,
} from './layout.ts';
import type { AttributeValue, OnnxFile } from './onnx-file.ts';
import { permute, reshaped } from './permute.ts';
import type { Constant, Graph, Node } from './tfjs-graph.ts';

/** What an operation needs to be written: its graph, the file, and its input tensors. */
export interface Bench {
  readonly graph: Graph;
  readonly file: OnnxFile;
  /** The already written tensor of a reference such as «name» or «name:1». */
  value(reference: string): Tensor;
  /** The name of a tensor with the height and width to which something is resized in a graph whose input has its longest side. */
  sizes(wanted: readonly number[]): string;
}

type Operator = (node: Node, bench: Bench) => readonly Tensor[];

/** A graph with an operation that is not in the table is refused, not approximated. */
export const operators: Readonly<Record<string, Operator>> = {
  Add: two('Add'),
  AddV2: two('Add'),
  Sigmoid: one('Sigmoid'),
  Relu6: (node, bench) => sameOrder(node, bench, (x) => clipped(bench.file, x)),
  LeakyRelu: (node, bench) =>
    sameOrder(node, bench, (x) =>
      first(bench.file.node('LeakyRelu', [x], { alpha: { float: realOf(node, 'alpha') } })),
    ),
  Identity: (node, bench) => [bench.value(inputOf(node, 0))],
  Conv2D: (node, bench) => convolution(node, bench, false),
  _FusedConv2D: (node, bench) => convolution(node, bench, false),
  FusedDepthwiseConv2dNative: (node, bench) => convolution(node, bench, true),
  MaxPool: (node, bench) =>
    onPicture(node, bench, 'MaxPool', [], { ...window(node), kernel_shape: spatial(node, 'ksize') }),
  ResizeBilinear: (node, bench) => {
    const sizes = bench.sizes(fold(bench.graph, inputOf(node, 1)));
    const attributes = { mode: { text: 'linear' }, axes: { ints: [2, 3] } };
    return onPicture(node, bench, 'Resize', ['', '', sizes], { ...attributes, ...sampling(node) });
  },
  Pad: (node, bench) => padded(node, bench),
  PadV2: (node, bench) => padded(node, bench),
  Transpose: (node, bench) => [transposed(bench.value(inputOf(node, 0)), fold(bench.graph, inputOf(node, 1)))],
  Reshape: (node, bench) => {
    const shape = bench.file.wholes(fold(bench.graph, inputOf(node, 1)));
    const plain = inOrder(bench.file, bench.value(inputOf(node, 0)), asIs);
    return [tensor(asIs, first(bench.file.node('Reshape', [plain, shape])))];
  },
  ConcatV2: (node, bench) => {
    const parts = node.input.slice(0, -1).map((reference) => bench.value(reference));
    const order = commonOrder(parts);
    const [axis = 0] = fold(bench.graph, inputOf(node, parts.length));
    const names = parts.map((part) => inOrder(bench.file, part, order));
    return [tensor(order, first(bench.file.node('Concat', names, { axis: { int: axisIn(order, axis) } })))];
  },
  SplitV: (node, bench) => {
    const whole = bench.value(inputOf(node, 0));
    const order = commonOrder([whole]);
    const sizes = fold(bench.graph, inputOf(node, 1));
    const [axis = 0] = fold(bench.graph, inputOf(node, 2));
    const inputs = [inOrder(bench.file, whole, order), bench.file.wholes(sizes)];
    const parts = bench.file.node('Split', inputs, { axis: { int: axisIn(order, axis) } }, sizes.length);
    return parts.map((name) => tensor(order, name));
  },
};

function one(op: string): Operator {
  return (node, bench) => sameOrder(node, bench, (x) => first(bench.file.node(op, [x])));
}

/** An operation on two tensors, either of which may be frozen. */
function two(op: string): Operator {
  return (node, bench) => {
    const sides = [inputOf(node, 0), inputOf(node, 1)];
    const order = commonOrder(
      sides.filter((side) => !bench.graph.constants.has(side)).map((side) => bench.value(side)),
    );
    const names = sides.map((side) => {
      const constant = bench.graph.constants.get(side);
      return constant ? bench.file.floats(broadcast(constant, order)) : inOrder(bench.file, bench.value(side), order);
    });
    return [tensor(order, first(bench.file.node(op, names)))];
  };
}

function sameOrder(node: Node, bench: Bench, write: (x: string) => string): readonly Tensor[] {
  const source = bench.value(inputOf(node, 0));
  const order = commonOrder([source]);
  return [tensor(order, write(inOrder(bench.file, source, order)))];
}

/** Operations that ONNX defines for channels-first pictures only. */
function onPicture(
  node: Node,
  bench: Bench,
  op: string,
  more: readonly string[],
  attributes: Record<string, AttributeValue>,
) {
  const x = inOrder(bench.file, bench.value(inputOf(node, 0)), channelsFirst);
  return [tensor(channelsFirst, first(bench.file.node(op, [x, ...more], attributes)))];
}

/**
 * Kernels lie as height, width, in, out (a depthwise one: height, width, channel, multiplier); ONNX wants out, in/group,
 * height, width. A fused node carries its bias as third input and its activation as the last of `fused_ops`.
 */
function convolution(node: Node, bench: Bench, depthwise: boolean): readonly Tensor[] {
  const kernel = frozen(bench.graph, inputOf(node, 1));
  const [height = 1, width = 1, channels = 1, multiplier = 1] = kernel.shape;
  const weights = depthwise
    ? reshaped(permute(kernel, [2, 3, 0, 1]), [channels * multiplier, 1, height, width])
    : permute(kernel, [3, 2, 0, 1]);
  const [bias, activation] = textsOf(node, 'fused_ops');
  if (bias !== undefined && bias !== 'BiasAdd') throw new Error(`${node.name}: unknown fused ${bias}`);
  const more = [bench.file.floats(weights)];
  if (bias) more.push(bench.file.floats(frozen(bench.graph, inputOf(node, 2))));
  const dilations = spatial(node, 'dilations');
  const attributes = { ...window(node), dilations, ...(depthwise ? { group: { int: channels } } : {}) };
  const [made] = onPicture(node, bench, 'Conv', more, attributes) as [Tensor];
  const name = inOrder(bench.file, made, channelsFirst);
  if (activation === undefined) return [made];
  if (activation === 'Relu') return [tensor(channelsFirst, first(bench.file.node('Relu', [name])))];
  if (activation === 'Relu6') return [tensor(channelsFirst, clipped(bench.file, name))];
  throw new Error(`${node.name}: unknown activation ${activation}`);
}

function padded(node: Node, bench: Bench): readonly Tensor[] {
  const source = bench.value(inputOf(node, 0));
  const order = commonOrder([source]);
  const amounts = fold(bench.graph, inputOf(node, 1));
  const rank = amounts.length / 2;
  const axes = order === asIs ? Array.from({ length: rank }, (_, axis) => axis) : [...order].map(Number);
  const pads = [...axes.map((axis) => amounts[2 * axis] ?? 0), ...axes.map((axis) => amounts[2 * axis + 1] ?? 0)];
  const inputs = [inOrder(bench.file, source, order), bench.file.wholes(pads)];
  if (node.op === 'PadV2') inputs.push(bench.file.floats(frozen(bench.graph, inputOf(node, 2))));
  return [tensor(order, first(bench.file.node('Pad', inputs)))];
}

/** TensorFlow broadcasts a list of channels along the last axis, which in ONNX stands third from the end. */
function broadcast(constant: Constant, order: Order): Constant {
  if (order === asIs || constant.shape.length === 0) return constant;
  if (order !== channelsFirst) throw new Error(`no broadcast in the order ${order}`);
  if (constant.shape.length === 1) return reshaped(constant, [constant.shape[0] ?? 1, 1, 1]);
  return permute(constant, [...order].map(Number));
}

/** Strides and padding. SAME puts the odd row below and right, as SAME_UPPER does. */
function window(node: Node): Record<string, AttributeValue> {
  if (textOf(node, 'data_format') !== 'NHWC') throw new Error(`${node.name}: channels first is not expected`);
  const strides = spatial(node, 'strides');
  // VALID is not written: only then does ONNX Runtime fuse a preceding Pad into the convolution.
  return textOf(node, 'padding') === 'SAME' ? { strides, auto_pad: { text: 'SAME_UPPER' } } : { strides };
}

const spatial = (node: Node, attribute: string) => ({ ints: wholesOf(node, attribute).slice(1, 3) });

/** Three conventions of where a pixel's value sits; mixing them up shifts every box by half a cell. */
function sampling(node: Node): Record<string, AttributeValue> {
  const mode = truthOf(node, 'align_corners')
    ? 'align_corners'
    : truthOf(node, 'half_pixel_centers')
      ? 'half_pixel'
      : 'asymmetric';
  return { coordinate_transformation_mode: { text: mode } };
}

const bound = (value: number): Constant => ({ kind: 'float32', shape: [], data: Float32Array.of(value) });
const clipped = (file: OnnxFile, x: string): string =>
  first(file.node('Clip', [x, file.floats(bound(0)), file.floats(bound(6))]));

const first = (names: readonly string[]): string => names[0] as string;

function frozen(graph: Graph, reference: string): Constant {
  const constant = graph.constants.get(reference);
  if (!constant) throw new Error(`${reference} is not frozen`);
  return constant;
}
