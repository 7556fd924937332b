/**
 * Pure. Tensor layouts: one tensor in all the axis orders in which it already exists.
 *
 * TensorFlow keeps channels last, ONNX convolutions want them first. Instead of a Transpose before and after each one,
 * a tensor knows the orders that exist, and a Transpose is written only for a new one. A Transpose of the original graph then costs
 * nothing: it renames the axes of the same numbers.
 */
import type { OnnxFile } from './onnx-file.ts';

/** Which axes of the original stand where: '0312' is channels first. Empty: as the original has them. */
export type Order = string;
export const asIs: Order = '';
export const channelsFirst: Order = '0312';

/** From an order to the name of the ONNX tensor that holds the numbers so. */
export type Tensor = Map<Order, string>;

export const tensor = (order: Order, name: string): Tensor => new Map([[order, name]]);

/** The ONNX name of the tensor in the wanted order; writes a Transpose the first time if need be. */
export function inOrder(file: OnnxFile, of: Tensor, wanted: Order): string {
  const there = of.get(wanted);
  if (there !== undefined) return there;
  const [order, name] = [...of][0] as [Order, string];
  const rank = Math.max(wanted.length, order.length);
  const [from, to] = [spelled(order, rank), spelled(wanted, rank)];
  const perm = [...to].map((axis) => from.indexOf(axis));
  const [made] = file.node('Transpose', [name], { perm: { ints: perm } }) as [string];
  of.set(wanted, made);
  return made;
}

/** A Transpose of the original graph: the axes of every existing order are renamed, no node is written. */
export function transposed(of: Tensor, perm: readonly number[]): Tensor {
  const back = perm.map((_, axis) => perm.indexOf(axis));
  const reread = (order: Order) => [...spelled(order, perm.length)].map((axis) => back[Number(axis)]).join('');
  return new Map([...of].map(([order, name]) => [short(reread(order)), name]));
}

/** The cheapest common order of an operation's tensors: one that all have, else one that any has. */
export function commonOrder(tensors: readonly Tensor[]): Order {
  const [first, ...rest] = tensors as [Tensor, ...Tensor[]];
  for (const order of first.keys()) if (rest.every((other) => other.has(order))) return order;
  return tensors.some((one) => one.has(channelsFirst)) ? channelsFirst : asIs;
}

/** Where an axis of the original stands in an order. A negative axis counts from the end. */
export function axisIn(order: Order, axis: number): number {
  if (order === asIs) return axis;
  return order.indexOf(String(axis < 0 ? axis + order.length : axis));
}

const spelled = (order: Order, rank: number): string => (order === asIs ? '0123456789'.slice(0, rank) : order);
const short = (order: string): Order => ('0123456789'.startsWith(order) ? asIs : order);
