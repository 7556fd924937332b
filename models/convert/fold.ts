/** Pure. Constant folding of the integers that a graph computes from constants: shapes, axes, paddings. */
import { inputOf } from './attribute.ts';
import type { Graph } from './tfjs-graph.ts';

/** @throws where the value depends on the picture */
export function fold(graph: Graph, reference: string): readonly number[] {
  const constant = graph.constants.get(reference);
  if (constant?.kind === 'int32') return [...constant.data];
  const node = graph.nodes.get(reference);
  if (!node) throw new Error(`nothing is called ${reference}`);
  const given = (index: number) => fold(graph, inputOf(node, index));
  switch (node.op) {
    case 'AddV2':
      return sum(given(0), given(1));
    case 'SparseToDense':
      return dense(given(0), given(1), given(2), given(3));
    default:
      throw new Error(`${node.op} ${node.name} cannot be worked out beforehand`);
  }
}

const sum = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((one, index) => one + (b[index] ?? b[0] ?? 0));

/** One axis only: `indices` are places in a list of `length`, all others hold the default. */
function dense(
  indices: readonly number[],
  [length]: readonly number[],
  values: readonly number[],
  [other]: readonly number[],
) {
  const list: number[] = new Array(length ?? 0).fill(other ?? 0);
  indices.forEach((place, index) => {
    list[place] = values[index] ?? values[0] ?? 0;
  });
  return list;
}
