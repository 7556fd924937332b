/** The form of a receiver, new or there already: what is wrong stands beside its field. */
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { HandOverAt, ReceiverEvents, type ReceiverView } from '@nattfrid/shared/desk/receiver-view';
import { useState } from 'react';
import { useSaveReceiver } from '../around/asking-receivers.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { PasswordField } from '../parts/password-field.tsx';
import { useWords } from '../words/words.ts';
import { askedOf, type Given, givenOf, nothing } from './given.ts';
import css from './receivers.module.css';

/** Folded away: unfolded where one of them is wrong. */
const special = ['homes', 'contentType', 'root', 'deviceType', 'authority'];

export function ReceiverForm({ before }: { before?: ReceiverView }) {
  const { say } = useWords();
  const form = before ? 'change-receiver' : 'add-receiver';
  const { given, clear, field } = useFields<Given>(form, before ? givenOf(before) : nothing);
  const [events, setEvents] = useState<readonly string[]>(before?.settings.events ?? ReceiverEvents.options);
  const [padded, setPadded] = useState(before?.settings.padded ?? true);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const saving = useSaveReceiver(() => before === undefined && clear());
  const save = () => {
    const asked = askedOf(given, { events, padded }, before);
    if ('wrong' in asked) return setWrong(asked.wrong);
    setWrong(new Set());
    saving.run(asked);
  };
  const input = (name: keyof Given) => ({
    ...field(name),
    autoComplete: 'off',
    error: wrong.has(name) ? say('receivers.wrong') : undefined,
  });
  return (
    <Adding
      name={form}
      title={say(before ? 'receivers.change' : 'receivers.add')}
      words={say('receivers.add.words')}
      submit={say('receivers.save')}
      busy={saving.busy}
      add={save}
      lacking={wrong.size > 0 ? say('receivers.lacking') : undefined}
      fault={saving.fault}
      shown={null}
    >
      <TextInput label={say('receivers.name')} {...input('name')} />
      <TextInput label={say('receivers.primary')} description={say('receivers.primary.words')} {...input('primary')} />
      <TextInput
        label={say('receivers.secondary')}
        description={say('receivers.secondary.words')}
        {...input('secondary')}
      />
      <NativeSelect
        label={say('receivers.transport')}
        data={(['tls', 'tcp', 'udp'] as const).map((value) => ({ value, label: say(`receivers.transport.${value}`) }))}
        {...field('transport')}
      />
      <NativeSelect
        label={say('receivers.at')}
        description={say('receivers.at.words')}
        data={HandOverAt.options.map((value) => ({ value, label: say(`receivers.at.${value}`) }))}
        {...field('at')}
      />
      <TextInput label={say('receivers.controller')} inputMode="numeric" {...input('controller')} />
      <TextInput label={say('receivers.heartbeat')} inputMode="numeric" {...input('heartbeatMinutes')} />
      <TextInput label={say('receivers.user')} {...input('user')} />
      <PasswordField
        label={say('receivers.password')}
        description={before?.hasPassword ? say('receivers.password.kept') : undefined}
        {...input('password')}
        autoComplete="new-password"
      />
      <Checkbox.Group
        className={css['wide'] ?? ''}
        label={say('receivers.events')}
        value={[...events]}
        onChange={setEvents}
      >
        <div className={css['choices']}>
          {ReceiverEvents.options.map((event) => (
            <Checkbox key={event} value={event} label={say(`receivers.event.${event}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <details className={css['wide']} {...(special.some((name) => wrong.has(name)) ? { open: true } : {})}>
        <summary>{say('receivers.special')}</summary>
        <div className={css['special']}>
          <Textarea
            label={say('receivers.homes')}
            description={say('receivers.homes.words')}
            autosize
            minRows={2}
            {...input('homes')}
          />
          <TextInput label={say('receivers.contentType')} {...input('contentType')} />
          <TextInput label={say('receivers.root')} {...input('root')} />
          <TextInput label={say('receivers.deviceType')} inputMode="numeric" {...input('deviceType')} />
          <Checkbox
            label={say('receivers.padded')}
            checked={padded}
            onChange={({ currentTarget: { checked } }) => setPadded(checked)}
          />
          <Textarea
            label={say('receivers.authority')}
            description={say('receivers.authority.words')}
            {...input('authority')}
          />
        </div>
      </details>
    </Adding>
  );
}
