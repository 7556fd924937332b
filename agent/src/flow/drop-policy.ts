/** Pure. Drop policy of a full belt: the oldest item; where items build upon one another, everything up to the next keyframe. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import { type Instant, instant } from '@nattfrid/shared/time/instant';

export interface Timed {
  readonly type: string;
  readonly at: Instant;
}

/** Whether an item needs none before it (a keyframe). */
export type StandsAlone<Item> = (item: Item) => boolean;

export interface BeltQueue<Item> {
  /** Queued items in order; no two gaps side by side. */
  readonly waiting: readonly (Item | Gap)[];
  /** Time of the item that was last taken off. */
  readonly handed: Instant | undefined;
  /** The newest item was dropped: items that build upon it are useless. */
  readonly broken: boolean;
}

const isGap = <Item extends Timed>(item: Item | Gap): item is Gap => item.type === 'gap';

export const enqueue = <Item extends Timed>(belt: BeltQueue<Item>, item: Item | Gap): BeltQueue<Item> => ({
  ...belt,
  waiting: [...belt.waiting, item],
});

export function dequeue<Item>(belt: BeltQueue<Item>): readonly [BeltQueue<Item>, (Item | Gap) | undefined] {
  const [item, ...waiting] = belt.waiting;
  return item === undefined ? [belt, undefined] : [{ ...belt, waiting, handed: (item as Timed).at }, item];
}

/** @returns the queue with at most `capacity` items and a gap in the place of dropped ones; the dropped items, oldest first */
export function dropExcess<Item extends Timed>(
  belt: BeltQueue<Item>,
  capacity: number,
  standsAlone: StandsAlone<Item> | undefined,
): readonly [BeltQueue<Item>, readonly Item[]] {
  const newest = belt.waiting.at(-1);
  if (newest === undefined) return [belt, []];
  const useless = belt.broken && !isGap(newest) && !standsAlone?.(newest);
  if (useless) return drop(belt, (item) => item === newest, true);
  const items = belt.waiting.filter((item) => !isGap(item));
  if (items.length <= capacity) return drop(belt, () => false, false);
  if (!standsAlone) return drop(belt, (item) => item === items[0], false);
  const mayStay = !isGap(newest) && standsAlone(newest);
  return drop(belt, (item) => !(mayStay && item === newest), !mayStay);
}

function drop<Item extends Timed>(
  belt: BeltQueue<Item>,
  goes: (item: Item) => boolean,
  broken: boolean,
): readonly [BeltQueue<Item>, readonly Item[]] {
  const dropped: Item[] = [];
  const waiting: (Item | Gap)[] = [];
  let before = belt.handed;
  for (const item of belt.waiting) {
    const gone = !isGap(item) && goes(item);
    if (gone) dropped.push(item);
    const kept: Item | Gap = gone ? { type: 'gap', from: before ?? item.at, at: item.at, why: 'too-slow' } : item;
    const last = waiting.at(-1);
    if (isGap(kept) && last && isGap(last)) waiting[waiting.length - 1] = join(last, kept);
    else waiting.push(kept);
    before = item.at;
  }
  return [{ ...belt, waiting, broken }, dropped];
}

const weight = { 'too-slow': 0, useless: 1, corrupt: 1, 'camera-lost': 2 } as const satisfies Record<
  Gap['why'],
  number
>;

/** Two gaps as one; the graver reason wins. */
function join(first: Gap, second: Gap): Gap {
  const why = weight[second.why] > weight[first.why] ? second.why : first.why;
  const from = instant(Math.min(first.from, second.from));
  return { type: 'gap', from, at: instant(Math.max(first.at, second.at)), why };
}
