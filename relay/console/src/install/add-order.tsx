/** A coordinator says what is to be done in which home, who does it, and when. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { Role } from '@nattfrid/shared/desk/role';
import { WorkOrderKind } from '@nattfrid/shared/desk/work-order-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useDesk } from '../around/around.tsx';
import { usePeople } from '../around/asking.ts';
import { useAddOrder } from '../around/asking-install.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { useWords } from '../words/words.ts';

const nothing = { kind: 'install', client: '', place: '', unit: '', assignee: '', on: '', words: '' };

const technicians: ReadonlySet<Role> = new Set<Role>(['installer', 'support']);

export function AddOrder() {
  const { say } = useWords();
  const people = (usePeople().data?.people ?? []).filter(({ role }) => technicians.has(role));
  const units = [...useDesk().units.values()];
  const { given, clear, field } = useFields('add-order', nothing, ['client', 'place']);
  const [lacking, setLacking] = useState<string>();
  const adding = useAddOrder(clear);
  const hasUnit = given.kind === 'exchange' || given.kind === 'return';
  const add = () => {
    const there = units.find(({ unit }) => unit === given.unit);
    const client = hasUnit ? there?.client : given.client.trim();
    const place = hasUnit ? (there?.place ?? given.place.trim()) : given.place.trim();
    const isDay = given.on === '' || /^\d{4}-\d{2}-\d{2}$/.test(given.on);
    const wrong =
      hasUnit && !there ? 'orders.add.unitLacking' : client && place && isDay ? undefined : 'orders.add.lacking';
    setLacking(wrong && say(wrong));
    if (wrong || !client) return;
    adding.run({
      kind: WorkOrderKind.parse(given.kind),
      client: client as ClientAlias,
      place,
      ...(there && hasUnit && { unit: there.unit as UnitId }),
      ...(given.assignee && { assignee: given.assignee }),
      ...(given.on && { on: given.on }),
      ...(given.words.trim() && { words: given.words.trim() }),
    });
  };
  return (
    <Adding
      name="add-order"
      title={say('orders.add')}
      words={say('orders.add.words')}
      submit={say('orders.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking}
      fault={adding.fault}
      shown={null}
    >
      <NativeSelect
        label={say('orders.kind')}
        data={WorkOrderKind.options.map((value) => ({ value, label: say(`orderKind.${value}`) }))}
        {...field('kind')}
      />
      {hasUnit ? (
        <NativeSelect
          label={say('orders.unit')}
          data={[
            { value: '', label: say('orders.unit.choose') },
            ...units.map(({ unit, client, place }) => ({
              value: unit as string,
              label: [client, place, unit].filter(Boolean).join(' · '),
            })),
          ]}
          {...field('unit')}
        />
      ) : (
        <TextInput label={say('orders.client')} {...field('client')} />
      )}
      <TextInput label={say('orders.place')} {...field('place')} />
      <NativeSelect
        label={say('orders.assignee')}
        data={[
          { value: '', label: say('orders.assignee.any') },
          ...people.map(({ person, name }) => ({ value: person, label: name })),
        ]}
        {...field('assignee')}
      />
      <TextInput label={say('orders.on')} type="date" {...field('on')} />
      <TextInput label={say('orders.words')} {...field('words')} />
    </Adding>
  );
}
