/** The account menu: who is signed in, language, light or dark, and signing out. */
import { Popover } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSelf } from '../around/around.tsx';
import { useMyPush } from '../around/asking-push.ts';
import { useLeave } from '../computer/sign-out.ts';
import { RingDevice } from '../device/ring-device.tsx';
import { PersonSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { LanguageChoice, LetterKeysChoice, ThemeChoice } from './choices.tsx';
import css from './frame.module.css';
import { ThisConsole, useConsoleSelf } from './this-console.tsx';

export function Account() {
  const { say } = useWords();
  const self = useSelf();
  const [given, ...rest] = self.name.split(' ');
  const out = useLeave();
  const [opened, setOpened] = useState(false);
  // Also when a button that was pressed has gone, and took the focus with it.
  useEffect(() => {
    if (!opened) return;
    const pressed = ({ key }: KeyboardEvent) => key === 'Escape' && setOpened(false);
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [opened]);
  return (
    <Popover position="bottom-end" width={310} shadow="md" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button type="button" className={css['icon']} onClick={() => setOpened(!opened)} data-testid="account">
          <PersonSign size={22} />
          <span className={css['accountName']} aria-hidden="true">
            {given}
            <span className={css['accountRest']}>{rest.map((one) => ` ${one}`)}</span>
          </span>
          <span className={parts['hidden']}>
            {self.name}: {say('app.account')}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={css['menu'] ?? ''} aria-label={say('app.account')}>
        <div className={css['menuHead']}>
          <b>{self.name}</b>
          <span>
            {say(`role.${self.role}`)} · {self.email}
          </span>
        </div>
        <WayLink
          to={{ page: 'own-sign-in' }}
          className={css['menuLink'] ?? ''}
          onClick={() => setOpened(false)}
          data-testid="own-sign-in-link"
        >
          {say('ownSignIn.title')}
        </WayLink>
        <button type="button" className={css['menuLink']} onClick={() => out.run(undefined)} data-testid="sign-out">
          {say('app.signOut')}
        </button>
        <hr />
        <LanguageChoice />
        <ThemeChoice />
        <LetterKeysChoice />
        <Asked />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What has to be asked for first. It stands last and comes all at once: nothing moves away under the finger of whoever presses. */
function Asked() {
  const push = useMyPush();
  const [self, setSelf] = useConsoleSelf();
  if (push.isLoading || !self) return null;
  return (
    <>
      <hr />
      <RingDevice />
      <hr />
      <ThisConsole self={self} changed={setSelf} />
    </>
  );
}
