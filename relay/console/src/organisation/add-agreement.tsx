/** Lets another organisation see and do something in the own homes: who, what, and at which hours. */
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import {
  type AgreementWhat,
  NewAgreement,
  type OrganisationView,
  AgreementWhat as Whats,
} from '@nattfrid/shared/desk/agreement';
import { useState } from 'react';
import { useNow } from '../around/around.tsx';
import { useAddAgreement } from '../around/asking-organisation.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { useWords } from '../words/words.ts';

export function AddAgreement({ others }: { others: readonly OrganisationView[] }) {
  const { say } = useWords();
  const now = useNow();
  const { given, clear, field } = useFields('add-agreement', { operator: '', from: '', to: '' });
  const [what, setWhat] = useState<readonly AgreementWhat[]>([]);
  const [lacking, setLacking] = useState(false);
  const adding = useAddAgreement(() => {
    clear();
    setWhat([]);
  });
  const add = () => {
    const { operator, from, to } = given;
    const asked = NewAgreement.safeParse({
      operator,
      what,
      from: new Date(now).toISOString(),
      ...((from !== '' || to !== '') && { hours: { from, to } }),
    });
    setLacking(!asked.success);
    if (asked.success) adding.run(asked.data);
  };
  return (
    <Adding
      name="add-agreement"
      title={say('agreement.add')}
      words={say('agreement.add.words')}
      submit={say('agreement.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('agreement.add.lacking') : undefined}
      fault={adding.fault}
      shown={null}
    >
      <NativeSelect
        label={say('agreement.operator')}
        data={[
          { value: '', label: '' },
          ...others.map(({ organisation, name }) => ({ value: organisation, label: name })),
        ]}
        {...field('operator')}
      />
      <Checkbox.Group
        label={say('agreement.what')}
        value={[...what]}
        onChange={(chosen) => setWhat(Whats.options.filter((one) => chosen.includes(one)))}
      >
        {Whats.options.map((one) => (
          <Checkbox key={one} value={one} label={say(`agreement.what.${one}`)} mt="sm" data-testid={`what-${one}`} />
        ))}
      </Checkbox.Group>
      <TextInput label={say('agreement.hoursFrom')} type="time" {...field('from')} />
      <TextInput label={say('agreement.hoursTo')} type="time" {...field('to')} />
    </Adding>
  );
}
