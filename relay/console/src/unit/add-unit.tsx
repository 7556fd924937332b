/** For coordinators: a unit is made known, and its token shown once. */
import { Checkbox, TextInput } from '@mantine/core';
import { firstOrganisation } from '@nattfrid/shared/desk/organisation';
import { routes } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useMay, useSelf } from '../around/around.tsx';
import { useAddUnit } from '../around/asking.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useWords } from '../words/words.ts';

const nothing = { unit: '', client: '', place: '', publicKey: '' };
const needed = ['unit', 'client', 'publicKey'] as const;

export function AddUnit() {
  const { say } = useWords();
  const coordinator = useMay('manage-units');
  const { organisation } = useSelf();
  const first = organisation === undefined || organisation === firstOrganisation;
  // Where several organisations share a relay, names begin with one's own.
  const { given, clear, field } = useFields('add-unit', { ...nothing, unit: first ? '' : `${organisation}-` }, needed);
  const [training, setTraining] = useState(false);
  const [lacking, setLacking] = useState(false);
  const [told, setTold] = useState<{ readonly unit: string; readonly token: string }>();
  const adding = useAddUnit((unit, token) => {
    setTold({ unit, token });
    clear();
  });
  if (!coordinator) return null;
  const line = (name: keyof typeof nothing, words: string, label: string) => (
    <TextInput label={label} description={words} autoComplete="off" {...field(name)} />
  );
  const add = () => {
    setTold(undefined);
    const asked = routes.addUnit.body.safeParse({ ...filled(given), ...(training && { training }) });
    setLacking(!asked.success);
    if (asked.success) adding.run(asked.data);
  };
  return (
    <Adding
      name="add-unit"
      title={say('unit.add')}
      words={say('unit.add.words')}
      submit={say('unit.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('unit.add.lacking') : undefined}
      fault={adding.fault}
      shown={
        <ShownOnce
          words={say('unit.token.shown', { unit: told?.unit ?? '' })}
          secret={told?.token}
          data-testid="add-unit-token"
        />
      }
    >
      {line('unit', say('unit.add.unit.words'), say('unit.add.unit'))}
      {line('client', say('unit.add.client.words'), say('unit.add.client'))}
      {line('place', say('unit.add.place.words'), say('unit.add.place'))}
      {line('publicKey', say('unit.add.key.words'), say('unit.add.key'))}
      <Checkbox
        label={say('unit.add.training')}
        description={say('unit.add.training.words')}
        checked={training}
        onChange={({ currentTarget }) => setTraining(currentTarget.checked)}
        data-testid="add-unit-training"
      />
    </Adding>
  );
}

/** Without what was left empty, and without the blanks that come along when something is copied. */
const filled = (given: typeof nothing): Partial<typeof nothing> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
  );
