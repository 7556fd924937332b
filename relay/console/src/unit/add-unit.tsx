/** For coordinators: a unit is made known, and its token shown once. */
import { TextInput } from '@mantine/core';
import { routes } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useSelf } from '../around/around.tsx';
import { useAddUnit } from '../around/asking.ts';
import { Adding } from '../parts/adding.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useWords } from '../words/words.ts';

const nothing = { unit: '', client: '', place: '', publicKey: '' };
type Field = keyof typeof nothing;

export function AddUnit() {
  const { say } = useWords();
  const coordinator = useSelf().role === 'coordinator';
  const [given, setGiven] = useState(nothing);
  const [lacking, setLacking] = useState(false);
  const [told, setTold] = useState<{ readonly unit: string; readonly token: string }>();
  const adding = useAddUnit((unit, token) => {
    setTold({ unit, token });
    setGiven(nothing);
  });
  if (!coordinator) return null;
  const field = (name: Field, words: string, label: string) => (
    <TextInput
      label={label}
      description={words}
      autoComplete="off"
      value={given[name]}
      data-testid={`add-unit-${name}`}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setGiven((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  const add = () => {
    setTold(undefined);
    const asked = routes.addUnit.body.safeParse(filled(given));
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
      told={
        <>
          {lacking ? (
            <p role="alert" className={parts['fault']}>
              {say('unit.add.lacking')}
            </p>
          ) : (
            <FaultWords fault={adding.fault} data-testid="add-unit-fault" />
          )}
          <ShownOnce
            words={say('unit.token.shown', { unit: told?.unit ?? '' })}
            secret={told?.token}
            data-testid="add-unit-token"
          />
        </>
      }
    >
      {field('unit', say('unit.add.unit.words'), say('unit.add.unit'))}
      {field('client', say('unit.add.client.words'), say('unit.add.client'))}
      {field('place', say('unit.add.place.words'), say('unit.add.place'))}
      {field('publicKey', say('unit.add.key.words'), say('unit.add.key'))}
    </Adding>
  );
}

/** Without what was left empty, and without the blanks that come along when something is copied. */
const filled = (given: typeof nothing): Partial<typeof nothing> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
  );
