/** For coordinators: the list is made the organisation's own, a line for each item; each change is another version. */
import { Textarea } from '@mantine/core';
import { type Checklist, mostItems } from '@nattfrid/shared/desk/checklist-view';
import { useState } from 'react';
import { useChangeChecklist } from '../around/asking-training.ts';
import { Adding } from '../parts/adding.tsx';
import { useWords } from '../words/words.ts';
import { itemWords } from './item-words.ts';
import { readItems } from './read-items.ts';

export function ChangeChecklist({ list: { kind, version, items } }: { list: Checklist }) {
  const { say } = useWords();
  const words = (one: (typeof items)[number]) => itemWords(one, say);
  const [text, setText] = useState(items.map(words).join('\n'));
  const [lacking, setLacking] = useState(false);
  const change = useChangeChecklist(kind, () => undefined);
  const save = () => {
    const read = readItems(text, items, words);
    setLacking(!read);
    if (read) change.run({ basedOn: version, items: read });
  };
  return (
    <Adding
      name="change-checklist"
      title={say('checklists.change')}
      words={say('checklists.change.words')}
      submit={say('checklists.change.save')}
      busy={change.busy}
      add={save}
      lacking={lacking ? say('checklists.change.lacking', { most: mostItems }) : undefined}
      fault={change.fault}
      shown={null}
    >
      <Textarea
        label={say('checklists.change.items')}
        value={text}
        autosize
        minRows={6}
        style={{ gridColumn: '1 / -1' }}
        styles={{ input: { height: 'auto' } }}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        data-testid="checklist-items"
      />
    </Adding>
  );
}
