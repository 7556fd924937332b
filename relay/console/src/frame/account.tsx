/** The account menu: who is signed in, language, light or dark, and signing out. */
import { Menu } from '@mantine/core';
import { useSelf } from '../around/around.tsx';
import { useSignOut } from '../around/asking.ts';
import { RingDevice } from '../device/ring-device.tsx';
import { PersonSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { useWords } from '../words/words.ts';
import { LanguageChoice, LetterKeysChoice, ThemeChoice } from './choices.tsx';
import css from './frame.module.css';
import { ThisConsole } from './this-console.tsx';

export function Account() {
  const { say } = useWords();
  const self = useSelf();
  const out = useSignOut();
  return (
    <Menu position="bottom-end" width={270} shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={css['icon']} data-testid="account">
          <PersonSign size={22} />
          <span className={css['accountName']}>{self.name}</span>
          <span className={parts['hidden']}>{say('app.account')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css['menu'] ?? ''}>
        <div className={css['menuHead']}>
          <b>{self.name}</b>
          <span>
            {say(`role.${self.role}`)} · {self.email}
          </span>
        </div>
        <Menu.Divider />
        <LanguageChoice />
        <ThemeChoice />
        <LetterKeysChoice />
        <Menu.Divider />
        <RingDevice />
        <Menu.Divider />
        <ThisConsole />
        <Menu.Divider />
        <Menu.Item onClick={() => out.run(undefined)} data-testid="sign-out">
          {say('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
