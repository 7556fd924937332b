/** Pure. Converts a TensorFlow.js graph to ONNX, walking back from the wanted outputs. */
import { declaredShapes, type ModelEntry, sideOf } from '@nattfrid/agent/perceive/manifest';
import { asIs, inOrder, type Tensor, tensor } from './layout.ts';
import { onnxFile } from './onnx-file.ts';
import { operators } from './operators.ts';
import type { Graph } from './tfjs-graph.ts';

export interface Converted {
  readonly bytes: Uint8Array;
  readonly nodes: number;
}

/**
 * Nodes that no wanted output depends on are left out. The same graph and entry give the same bytes.
 * @throws on any operation that is not in the table.
 */
export function convert(graph: Graph, entry: ModelEntry, opset: number): Converted {
  const file = onnxFile();
  const declared = declaredShapes(entry);
  const made = new Map<string, readonly Tensor[]>();
  made.set(entry.input.from, [tensor(asIs, file.input(entry.input.name, declared.input))]);

  const value = (reference: string): Tensor => {
    const [name = '', index = '0'] = reference.split(':');
    let outputs = made.get(name);
    if (!outputs) {
      const node = graph.nodes.get(name);
      if (!node) throw new Error(`nothing is called ${name}`);
      const operator = operators[node.op];
      if (!operator) throw new Error(`${node.op} ${node.name} is no operation that we know`);
      outputs = operator(node, { graph, file, value, sizes });
      made.set(name, outputs);
    }
    const output = outputs[Number(index)];
    if (!output) throw new Error(`${name} has no output ${index}`);
    return output;
  };

  /** Where the input may be smaller, what is resized in the graph shrinks along. */
  const sizes = (wanted: readonly number[]): string => {
    if (!entry.input.sides) return file.wholes(wanted);
    const [start, end] = entry.input.axes === 'batch, colour, row, column' ? [2, 4] : [1, 3];
    const [whole] = file.node('Shape', [entry.input.name], { start: { int: start }, end: { int: end } });
    const cells = wanted.map((size) => sideOf(entry.input) / size);
    return file.node('Div', [whole as string, file.wholes(cells)])[0] as string;
  };

  for (const [index, { name, from }] of entry.outputs.entries())
    file.output(name, declared.outputs[index]!, inOrder(file, value(from), asIs));
  return { bytes: file.bytes('nattfrid', opset), nodes: file.size };
}
