/** A place where units lie, and how many there should be at least. */
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useStockAct } from '../around/asking-stock.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { useWords } from '../words/words.ts';

export function AddLocation() {
  const { say } = useWords();
  const { given, clear, field } = useFields('add-location', { location: '' }, ['location']);
  const [least, setLeast] = useState<number | string>(2);
  const [lacking, setLacking] = useState(false);
  const adding = useStockAct('setStockLocation', {}, clear);
  const add = () => {
    const location = given.location.trim();
    const isWhole = location !== '' && typeof least === 'number';
    setLacking(!isWhole);
    if (isWhole) adding.run({ location, least });
  };
  return (
    <Adding
      name="add-location"
      title={say('stock.place')}
      words={say('stock.place.words')}
      submit={say('stock.place.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('stock.add.lacking') : undefined}
      fault={adding.fault}
      shown={null}
    >
      <TextInput label={say('stock.location')} {...field('location')} />
      <NumberInput label={say('stock.least')} min={0} max={1000} hideControls value={least} onChange={setLeast} />
    </Adding>
  );
}
