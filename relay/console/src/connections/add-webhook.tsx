/** A new webhook: where to, and what it is told. Its secret is made by the relay and shown once. */
import { TextInput } from '@mantine/core';
import { OutwardName as Outward, type OutwardName } from '@nattfrid/shared/desk/outward';
import { routes } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { useAddWebhook } from '../around/asking-connections.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useWords } from '../words/words.ts';
import { Choices } from './choices.tsx';

const usual = Outward.options.filter((name) => /^alarm\.(raised|closed)$/.test(name));

export function AddWebhook() {
  const { say } = useWords();
  const { given, clear, field } = useFields('add-webhook', { name: '', url: '' }, ['name', 'url']);
  const [events, setEvents] = useState<readonly OutwardName[]>(usual);
  const [lacking, setLacking] = useState(false);
  const [told, setTold] = useState<{ readonly name: string; readonly secret: string }>();
  const adding = useAddWebhook((name, secret) => {
    setTold({ name, secret });
    clear();
  });
  const add = () => {
    setTold(undefined);
    const asked = routes.addWebhook.body.safeParse({ name: given.name, url: given.url.trim(), events });
    setLacking(!asked.success);
    if (asked.success) adding.run(asked.data);
  };
  return (
    <Adding
      name="add-webhook"
      title={say('webhook.add')}
      words={say('webhook.add.words')}
      submit={say('webhook.add.submit')}
      busy={adding.busy}
      add={add}
      lacking={lacking ? say('webhook.add.lacking') : undefined}
      fault={adding.fault}
      shown={
        <ShownOnce
          words={say('webhook.secret.shown', { name: told?.name ?? '' })}
          secret={told?.secret}
          data-testid="webhook-secret"
        />
      }
    >
      <TextInput label={say('webhook.name')} autoComplete="off" {...field('name')} />
      <TextInput label={say('webhook.url')} type="url" placeholder="https://" autoComplete="off" {...field('url')} />
      <Choices
        legend={say('webhook.events')}
        all={Outward.options}
        chosen={events}
        choose={setEvents}
        words={(name) => say(`outward.${name}`)}
        name="event"
      />
    </Adding>
  );
}
