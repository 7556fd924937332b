/** A home is to get a new unit, while the old one goes on until enough nights have been good. */
import { TextInput } from '@mantine/core';
import { routes } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useStockAct } from '../around/asking-stock.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { useWords } from '../words/words.ts';

const nothing = { client: '', old: '', unit: '', batch: '', on: '' };
const names = ['client', 'old', 'unit', 'batch'] as const;

/** So many good nights in a row, as those say who have done it. */
const neededNights = 5;

export function PlanSwap() {
  const { say } = useWords();
  const { given, clear, field } = useFields('plan-swap', nothing, ['client', 'old', 'unit', 'batch', 'on']);
  const [lacking, setLacking] = useState(false);
  const planning = useStockAct('planSwap', {}, clear);
  const add = () => {
    const asked = routes.planSwap.body.safeParse({ ...given, neededNights });
    setLacking(!asked.success);
    if (asked.success) planning.run(asked.data);
  };
  return (
    <Adding
      name="plan-swap"
      title={say('swap.add')}
      words={say('swap.add.words', { nights: neededNights })}
      submit={say('swap.add.submit')}
      busy={planning.busy}
      add={add}
      lacking={lacking ? say('stock.add.lacking') : undefined}
      fault={planning.fault}
      shown={null}
    >
      {names.map((name) => (
        <TextInput key={name} label={say(`swap.${name}`)} {...field(name)} />
      ))}
      <TextInput label={say('swap.on')} type="date" {...field('on')} />
    </Adding>
  );
}
