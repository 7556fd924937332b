/** The account menu: who is signed in, language, light or dark, and signing out. */
import { Menu } from '@mantine/core';
import { useSelf } from '../around/around.tsx';
import { useLeave } from '../computer/sign-out.ts';
import { RingDevice } from '../device/ring-device.tsx';
import { PersonSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { useGo } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { LanguageChoice, ThemeChoice } from './choices.tsx';
import css from './frame.module.css';
import { ThisConsole } from './this-console.tsx';

export function Account() {
  const { say } = useWords();
  const self = useSelf();
  const out = useLeave();
  const go = useGo();
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
        <Menu.Item closeMenuOnClick onClick={() => go({ page: 'own-sign-in' })} data-testid="own-sign-in-link">
          {say('ownSignIn.title')}
        </Menu.Item>
        <Menu.Divider />
        <LanguageChoice />
        <ThemeChoice />
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
