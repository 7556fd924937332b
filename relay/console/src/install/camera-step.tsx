/** Finds the cameras in the home; one is chosen and, with its name and password sealed for the unit on this telephone, watched from then on. */
import { TextInput } from '@mantine/core';
import type { StepView, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { Fault } from '@nattfrid/shared/fault/fault';
import { sealLogin } from '@nattfrid/shared/seal/sealed-login';
import type { FoundCamera } from '@nattfrid/shared/wire/service-call';
import { useState } from 'react';
import { useDesk } from '../around/around.tsx';
import { useSignedStep, useTryStep } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { CheckSign } from '../parts/icons.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './install.module.css';

export function CameraStep({ order, view }: { order: WorkOrderView; view: StepView }) {
  const { say } = useWords();
  const find = useTryStep(order.order, 'camera');
  const [chosen, choose] = useState<string>();
  const { cameras } = order;
  const waits = find.busy || view.state === 'waits';
  const one = cameras.find(
    ({ camera }) => camera === (chosen ?? (cameras.length === 1 ? cameras[0]?.camera : undefined)),
  );
  const isDone = view.state === 'done';
  return (
    <>
      {cameras.length > 0 ? <p role="status">{say('camera.found', { count: cameras.length })}</p> : null}
      {cameras.length === 0 && find.done && !waits ? <p role="status">{say('camera.none')}</p> : null}
      {cameras.length > 1 ? (
        <ul className={css['cameras']}>
          {cameras.map((each) => (
            <li key={each.camera}>
              <button
                type="button"
                aria-pressed={each === one}
                onClick={() => choose(each.camera)}
                data-testid="camera"
              >
                <span>{nameOf(each)}</span>
                <small>{each.address}</small>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {one && !isDone ? <Login order={order} camera={one} waits={waits} /> : null}
      {isDone && one ? (
        <p>
          <CheckSign size={20} /> {nameOf(one)}
        </p>
      ) : null}
      <Press
        large={cameras.length === 0}
        wide
        tone={cameras.length === 0 ? 'cool' : 'bare'}
        busy={waits}
        press={() => find.run({})}
        data-testid="find-cameras"
      >
        {say(cameras.length === 0 ? 'step.act.find' : 'step.act.again')}
      </Press>
      <FaultWords fault={find.fault} />
    </>
  );
}

const nameOf = ({ make, model, address }: FoundCamera) => [make, model].filter(Boolean).join(' ') || address;

function Login({ order, camera, waits }: { order: WorkOrderView; camera: FoundCamera; waits: boolean }) {
  const { say } = useWords();
  const act = useSignedStep(order, 'camera');
  const unit = useDesk().units.get(order.unit ?? ('' as never));
  const [given, setGiven] = useState({ user: '', password: '' });
  const [fault, setFault] = useState<Fault>();
  const { sealing } = order;
  const use = async () => {
    setFault(undefined);
    if (!camera.needsLogin) return act.run({ camera: camera.camera });
    if (!sealing || !unit) return;
    const told = { sealingKey: sealing.key, sealingProof: sealing.proof };
    const login = await sealLogin({ unit: unit.unit, publicKey: unit.publicKey, told }, given);
    if (login instanceof Fault) return setFault(login);
    act.run({ camera: camera.camera, login });
    setGiven({ user: given.user, password: '' });
  };
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void use();
      }}
    >
      <b>{nameOf(camera)}</b>
      {camera.needsLogin ? (
        <>
          <TextInput
            label={say('camera.user')}
            autoComplete="off"
            autoCapitalize="none"
            value={given.user}
            onChange={({ currentTarget }) => setGiven({ ...given, user: currentTarget.value })}
            data-testid="camera-user"
          />
          <PasswordField
            label={say('camera.password')}
            description={say('camera.password.words')}
            autoComplete="off"
            value={given.password}
            onChange={({ currentTarget }) => setGiven({ ...given, password: currentTarget.value })}
            data-testid="camera-password"
          />
          {sealing ? null : <p role="alert">{say('camera.noKey')}</p>}
        </>
      ) : null}
      <Press
        submit
        large
        wide
        tone="cool"
        busy={act.busy || waits}
        disabled={camera.needsLogin && !sealing}
        data-testid="use-camera"
      >
        {say('step.act.choose')}
      </Press>
      <FaultWords fault={fault ?? act.fault} />
    </form>
  );
}
