/** Pure. Reads a list as it was typed, a line for each item; an item whose words are as before stays the same item. */
import { type ChecklistItem, ChecklistItems } from '@nattfrid/shared/desk/checklist-view';

/**
 * @param text a line for each item @param before the list that it was made of @param words what each of them said
 * @returns undefined where there are none, too many, or one is too long
 */
export function readItems(
  text: string,
  before: readonly ChecklistItem[],
  words: (item: ChecklistItem) => string,
): readonly ChecklistItem[] | undefined {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const taken = new Set(before.map(({ item }) => item));
  let next = 1;
  const fresh = () => {
    while (taken.has(`own-${next}`)) next++;
    const item = `own-${next}`;
    taken.add(item);
    return item;
  };
  const items = lines.map((line) => before.find((one) => words(one) === line) ?? { item: fresh(), words: line });
  return ChecklistItems.safeParse(items).data;
}
