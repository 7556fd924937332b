/** Pure. A list that grows at its end without copying what is there: each state of a machine keeps its own, and they share the rest. */

export interface Chain<Item> {
  readonly item: Item;
  readonly before: Chain<Item> | undefined;
}

/** The items, the oldest first. */
export function itemsOf<Item>(chain: Chain<Item> | undefined): Item[] {
  const items: Item[] = [];
  for (let at = chain; at; at = at.before) items.push(at.item);
  return items.reverse();
}

export const joinedBytes = (parts: readonly ArrayLike<number>[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};
