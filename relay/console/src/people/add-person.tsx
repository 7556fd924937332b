/** Lets somebody in: who, with which address, in which role. The password is made by the relay and shown once. */
import { NativeSelect, TextInput } from '@mantine/core';
import { Role } from '@nattfrid/shared/desk/role';
import { routes } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useAddPerson } from '../around/asking.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useWords } from '../words/words.ts';

const nothing = { name: '', email: '', role: 'operator' };

export function AddPerson() {
  const { say } = useWords();
  const { given, clear, field } = useFields('add-person', nothing, ['name', 'email']);
  const [lacking, setLacking] = useState(false);
  const [told, setTold] = useState<{ readonly name: string; readonly password: string }>();
  const adding = useAddPerson((name, password) => {
    setTold({ name, password });
    clear();
  });
  const add = () => {
    setTold(undefined);
    const asked = routes.addPerson.body.safeParse({ ...given, email: given.email.trim() });
    setLacking(!asked.success);
    if (asked.success) adding.run(asked.data);
  };
  return (
    <Adding
      name="add-person"
      title={say('people.add')}
      words={say('people.add.words')}
      submit={say('people.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('people.add.lacking') : undefined}
      fault={adding.fault}
      shown={
        <ShownOnce
          words={say('people.password.shown', { name: told?.name ?? '' })}
          secret={told?.password}
          data-testid="add-person-password"
        />
      }
    >
      <TextInput label={say('people.name')} autoComplete="off" {...field('name')} />
      <TextInput label={say('people.email')} type="email" autoComplete="off" {...field('email')} />
      <NativeSelect
        label={say('people.role')}
        data={Role.options.map((role) => ({ value: role, label: say(`role.${role}`) }))}
        {...field('role')}
      />
    </Adding>
  );
}
