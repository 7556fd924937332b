/** Pure. A graph of imports in floors: each node stands above all that it imports (longest path in a directed acyclic graph). */

export interface Imports {
  readonly from: string;
  readonly to: string;
}

/**
 * Strongly connected components of more than one node (R. Tarjan, SIAM J. Comput. 1, 1972).
 *
 * @returns each circle's nodes, the largest circle first.
 */
export function circles(nodes: readonly string[], imports: readonly Imports[]): readonly (readonly string[])[] {
  const next = neighbours(nodes, imports);
  const [index, low] = [new Map<string, number>(), new Map<string, number>()];
  const [stack, onStack] = [[] as string[], new Set<string>()];
  const found: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    onStack.add(node);
    for (const to of next.get(node)!) {
      if (!index.has(to)) visit(to);
      if (onStack.has(to)) low.set(node, Math.min(low.get(node)!, low.get(to)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const component = stack.splice(stack.indexOf(node));
    for (const one of component) onStack.delete(one);
    if (component.length > 1) found.push(component);
  };
  for (const node of nodes) if (!index.has(node)) visit(node);
  return found.sort((a, b) => b.length - a.length);
}

/** @returns the nodes of each floor, from the ground up. @throws TypeError where there is a circle. */
export function floors(nodes: readonly string[], imports: readonly Imports[]): readonly (readonly string[])[] {
  const circle = circles(nodes, imports)[0];
  if (circle) throw new TypeError(`There are no floors in a circle: ${circle.join(' → ')}.`);
  const next = neighbours(nodes, imports);
  const floorOf = new Map<string, number>();
  const floor = (node: string): number => {
    const known = floorOf.get(node);
    if (known !== undefined) return known;
    const above = Math.max(-1, ...[...next.get(node)!].map(floor)) + 1;
    floorOf.set(node, above);
    return above;
  };
  const tower: string[][] = [];
  for (const node of nodes) (tower[floor(node)] ??= []).push(node);
  return tower.map((one) => one.toSorted());
}

const neighbours = (nodes: readonly string[], imports: readonly Imports[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    nodes.map((node) => [
      node,
      new Set(imports.filter(({ from, to }) => from === node && to !== node && nodes.includes(to)).map(({ to }) => to)),
    ]),
  );
