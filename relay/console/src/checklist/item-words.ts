/** Pure. What an item of a checklist says: the organisation's own words, or those that it is shipped with. */
import type { ChecklistItem } from '@nattfrid/shared/desk/checklist-view';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';

export function itemWords({ item, words }: ChecklistItem, say: Say): string {
  if (words) return words;
  const key = known('checklistItem', item);
  return key ? say(key) : item;
}
