/** A new key for another system: what it may, and for how long. It is made by the relay and shown once. */
import { NativeSelect, TextInput } from '@mantine/core';
import { routes } from '@nattfrid/shared/desk/routes';
import { type Scope, scopeNames } from '@nattfrid/shared/desk/scopes';
import { useState } from 'react';
import { useAddApiKey } from '../around/asking-connections.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useWords } from '../words/words.ts';
import { Choices } from './choices.tsx';

const lasts = ['30', '90', '365'] as const;

export function AddKey() {
  const { say } = useWords();
  const { given, clear, field } = useFields('add-key', { name: '', days: '90' }, ['name', 'days']);
  const [chosen, setChosen] = useState<readonly Scope[]>([]);
  const [lacking, setLacking] = useState(false);
  const [told, setTold] = useState<{ readonly name: string; readonly secret: string }>();
  const adding = useAddApiKey((name, secret) => {
    setTold({ name, secret });
    clear();
  });
  const add = () => {
    setTold(undefined);
    const asked = routes.addApiKey.body.safeParse({ name: given.name, days: Number(given.days), scopes: chosen });
    setLacking(!asked.success);
    if (asked.success) adding.run(asked.data);
  };
  return (
    <Adding
      name="add-key"
      title={say('apiKey.add')}
      words={say('apiKey.add.words')}
      submit={say('apiKey.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('apiKey.add.lacking') : undefined}
      fault={adding.fault}
      shown={
        <ShownOnce
          words={say('apiKey.shown', { name: told?.name ?? '' })}
          secret={told?.secret}
          data-testid="key-secret"
        />
      }
    >
      <TextInput label={say('apiKey.name')} autoComplete="off" {...field('name')} />
      <NativeSelect
        label={say('apiKey.days')}
        data={lasts.map((days) => ({ value: days, label: say('apiKey.days.many', { count: Number(days) }) }))}
        {...field('days')}
      />
      <Choices
        legend={say('apiKey.scopes')}
        all={scopeNames}
        chosen={chosen}
        choose={setChosen}
        words={(scope) => say(`scope.${scope}`)}
        name="scope"
      />
    </Adding>
  );
}
