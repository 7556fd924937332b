/** Pure. Converts a TensorFlow.js graph to ONNX, walking back from the wanted outputs. */
import type { ModelEntry } from '@nattfrid/agent/perceive/manifest';
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
  const made = new Map<string, readonly Tensor[]>();
  made.set(entry.input.from, [tensor(asIs, file.input(entry.input.name, entry.input.shape))]);

  const value = (reference: string): Tensor => {
    const [name = '', index = '0'] = reference.split(':');
    let outputs = made.get(name);
    if (!outputs) {
      const node = graph.nodes.get(name);
      if (!node) throw new Error(`nothing is called ${name}`);
      const operator = operators[node.op];
      if (!operator) throw new Error(`${node.op} ${node.name} is no operation that we know`);
      outputs = operator(node, { graph, file, value });
      made.set(name, outputs);
    }
    const output = outputs[Number(index)];
    if (!output) throw new Error(`${name} has no output ${index}`);
    return output;
  };

  for (const { name, from, shape } of entry.outputs) file.output(name, shape, inOrder(file, value(from), asIs));
  return { bytes: file.bytes('nattfrid', opset), nodes: file.size };
}
