/** A unit has come: its article and individual number, who has ordered it, and where it lies. */
import { NativeSelect, TextInput } from '@mantine/core';
import { Article } from '@nattfrid/shared/desk/stock-view';
import { useState } from 'react';
import { useStockAct } from '../around/asking-stock.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { useWords } from '../words/words.ts';

const nothing = { iso: '22 27 24', number: '', individual: '', authority: 'SoL', location: '' };

export function AddItem() {
  const { say } = useWords();
  const { given, clear, field } = useFields('add-item', nothing, ['iso', 'number', 'individual', 'location']);
  const [lacking, setLacking] = useState(false);
  const adding = useStockAct('addStockItem', {}, clear);
  const add = () => {
    const { location, ...rest } = given;
    const article = Article.safeParse(rest);
    const isWhole = article.success && location.trim() !== '';
    setLacking(!isWhole);
    if (isWhole) adding.run({ article: article.data, location: location.trim() });
  };
  return (
    <Adding
      name="add-item"
      title={say('stock.add')}
      words={say('stock.add.words')}
      submit={say('stock.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('stock.add.lacking') : undefined}
      fault={adding.fault}
      shown={null}
    >
      <TextInput label={say('stock.iso')} {...field('iso')} />
      <TextInput label={say('stock.number')} {...field('number')} />
      <TextInput label={say('stock.individual')} {...field('individual')} />
      <NativeSelect label={say('stock.authority')} data={['SoL', 'HSL']} {...field('authority')} />
      <TextInput label={say('stock.location')} {...field('location')} />
    </Adding>
  );
}
