/** A checklist as it is typed: what stays the same item, and what becomes a new one. */
import { itemWords } from '@nattfrid/console/checklist/item-words';
import { readItems } from '@nattfrid/console/checklist/read-items';
import { en } from '@nattfrid/console/words/en';
import type { Say } from '@nattfrid/console/words/say';
import { sv } from '@nattfrid/console/words/sv-all';
import { shippedItems } from '@nattfrid/shared/desk/checklist-view';
import { describe, expect, it } from 'vitest';

const say = ((key: keyof typeof sv) => sv[key]) as Say;
const words = (one: Parameters<typeof itemWords>[0]) => itemWords(one, say);
const before = [{ item: 'unit-off' }, { item: 'own-1', words: 'Ring grannen' }];

describe('A3.10 a list as it is typed', () => {
  for (const [name, text, expected] of [
    ['keeps an item whose words are as before', `${words({ item: 'unit-off' })}\nRing grannen`, before],
    [
      'gives new words an item of their own',
      'Ring grannen\nLås dörren',
      [before[1], { item: 'own-2', words: 'Lås dörren' }],
    ],
    ['leaves out empty lines, and what stands there twice', '\nRing grannen\n\nRing grannen \n', [before[1]]],
    ['is none without any', ' \n', undefined],
    ['is none with a line that is too long', 'x'.repeat(201), undefined],
  ] as const)
    it(name, () => expect(readItems(text, before, words)).toEqual(expected));

  it('says each item that is shipped in both languages', () => {
    for (const item of Object.values(shippedItems).flat())
      for (const language of [sv, en]) expect(language).toHaveProperty([`checklistItem.${item}`]);
  });
});
