/** Pure. Typed access to the attributes of a TensorFlow node; a missing one is an error, never a guess. */
import type { Node } from './tfjs-graph.ts';

const missing = (node: Node, name: string): never => {
  throw new Error(`${node.op} ${node.name} has no attribute ${name}`);
};

const text = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

export const textOf = (node: Node, name: string): string => text(node.attr[name]?.s ?? missing(node, name));
export const textsOf = (node: Node, name: string): string[] => (node.attr[name]?.list?.s ?? []).map(text);
export const wholesOf = (node: Node, name: string): number[] => (node.attr[name]?.list?.i ?? []).map(Number);
export const realOf = (node: Node, name: string): number => node.attr[name]?.f ?? missing(node, name);
export const truthOf = (node: Node, name: string): boolean => node.attr[name]?.b ?? missing(node, name);

/** The n-th input; a reference to a second output reads «name:1». */
export const inputOf = (node: Node, index: number): string => node.input[index] ?? missing(node, `input ${index}`);
