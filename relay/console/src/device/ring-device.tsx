/** The part of the account menu that rings this device: on and off, a trial, the other devices, and what this one does not let. */
import { TextInput } from '@mantine/core';
import type { PushDevice } from '@nattfrid/shared/desk/push-view';
import { useState, useSyncExternalStore } from 'react';
import { useAround } from '../around/around.tsx';
import { ownDevice, useMyPush, useTryPush, useTurnOffPush, useTurnOnPush } from '../around/asking-push.ts';
import { useShared } from '../around/asking-shared.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import press from '../parts/press.module.css';
import { When } from '../parts/when.tsx';
import { pushLets } from '../ring/push-browser.ts';
import { useWords } from '../words/words.ts';
import css from './device.module.css';

export function RingDevice() {
  const { say } = useWords();
  const push = useMyPush().data;
  const shared = useShared();
  if (!push) return null;
  const own = push.devices.find(({ device }) => device === ownDevice());
  return (
    <section className={css['ring']} aria-label={say('push.title')} data-testid="ring-device">
      <b>{say('push.title')}</b>
      {push.rings ? null : <p>{say('push.notRole')}</p>}
      {own ? null : shared === undefined ? <TurnOn rings={push.key} /> : <p>{say('shared.noPush')}</p>}
      <ul>
        {push.devices.map((device) => (
          <Device key={device.device} device={device} here={device.device === own?.device} />
        ))}
      </ul>
      <StayAwake />
    </section>
  );
}

function TurnOn({ rings: key }: { rings: string }) {
  const { say, language } = useWords();
  const [label, setLabel] = useState(() =>
    say(matchMedia('(pointer: coarse)').matches ? 'push.phone' : 'push.computer'),
  );
  const turnOn = useTurnOnPush(language);
  const lets = pushLets();
  if (lets !== 'yes') return <p data-testid="push-lets">{say(`push.lets.${lets}`)}</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (label.trim()) turnOn.run({ label: label.trim(), key });
      }}
    >
      <p>{say('push.words')}</p>
      <TextInput
        label={say('push.label')}
        maxLength={40}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-testid="push-label"
      />
      <button type="submit" className={press['plain']} disabled={turnOn.busy} data-testid="turn-on-push">
        {say('push.turnOn')}
      </button>
      <FaultWords fault={turnOn.fault} data-testid="push-fault" />
    </form>
  );
}

function Device({ device, here }: { device: PushDevice; here: boolean }) {
  const { say } = useWords();
  const [taken, setTaken] = useState<boolean>();
  const off = useTurnOffPush(device.device);
  const trial = useTryPush(device.device, setTaken);
  return (
    <li data-testid="push-device">
      <span>
        {device.label}
        {here ? ` · ${say('push.here')}` : ''}
      </span>
      <small>
        {device.failingSince ? (
          <>
            {say('push.failing')} <When at={device.failingSince} />
          </>
        ) : (
          say(device.signedIn ? 'push.rings' : 'push.signedOut')
        )}
      </small>
      <div>
        <button
          type="button"
          className={press['plain']}
          disabled={trial.busy}
          onClick={() => trial.run(undefined)}
          data-testid="try-push"
        >
          {say('push.try')}
        </button>
        <button
          type="button"
          className={press['plain']}
          disabled={off.busy}
          onClick={() => off.run(undefined)}
          data-testid="turn-off-push"
        >
          {say('push.turnOff')}
        </button>
      </div>
      {taken === undefined ? null : <p role="status">{say(taken ? 'push.tried' : 'push.triedNot')}</p>}
      <FaultWords fault={trial.fault ?? off.fault} />
    </li>
  );
}

function StayAwake() {
  const { say } = useWords();
  const { awake } = useAround();
  const state = useSyncExternalStore(awake.subscribe, awake.get);
  return (
    <div>
      {state === 'not-here' ? null : (
        <label>
          <input
            type="checkbox"
            checked={state !== 'off'}
            onChange={(event) => awake.want(event.currentTarget.checked)}
            data-testid="stay-awake"
          />{' '}
          {say('awake.want')}
        </label>
      )}
      {state === 'refused' ? <p role="status">{say('awake.refused')}</p> : null}
      {state === 'not-here' ? <p>{say('awake.notHere')}</p> : null}
      {'vibrate' in navigator ? null : <p>{say('awake.noVibration')}</p>}
    </div>
  );
}
