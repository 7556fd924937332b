/** What may be done with a person: signed out everywhere, a new password, another role, taken away; each that hurts with a second press. */
import { NativeSelect } from '@mantine/core';
import type { PersonView } from '@nattfrid/shared/desk/person-view';
import { Role } from '@nattfrid/shared/desk/role';
import { useState } from 'react';
import { useNewPassword, usePeopleAct } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useWords } from '../words/words.ts';
import css from './people.module.css';

export function PersonActs({
  person: { person, name, role, sessions, passkeys = 0, hasCodes },
}: {
  person: PersonView;
}) {
  const { say } = useWords();
  const out = usePeopleAct('endSessions', { person });
  const change = usePeopleAct('setRole', { person });
  const reset = usePeopleAct('resetSecondFactor', { person });
  const remove = usePeopleAct('removePerson', { person });
  const [password, setPassword] = useState<string>();
  const renew = useNewPassword(person, setPassword);
  const [chosen, setChosen] = useState<Role>(role);
  return (
    <details className={css['more']}>
      <summary data-testid="person-more">{say('people.more')}</summary>
      <div className={css['role']}>
        <NativeSelect
          label={say('people.role')}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(Role.parse(currentTarget.value))}
          data={Role.options.map((one) => ({ value: one, label: say(`role.${one}`) }))}
          data-testid="role"
        />
        <PressTwice
          busy={change.busy}
          disabled={chosen === role}
          sure={say('people.role.sure', { name })}
          press={() => change.run({ role: chosen })}
          data-testid="set-role"
        >
          {say('people.role.set', { role: say(`role.${chosen}`) })}
        </PressTwice>
      </div>
      <p className={css['sub']}>{say('people.remove.words')}</p>
      <div className={css['acts']}>
        {sessions.length > 1 ? (
          <Press busy={out.busy} press={() => out.run({})}>
            {say('people.endAll')}
          </Press>
        ) : null}
        <PressTwice
          busy={renew.busy}
          sure={say('people.password.sure', { name })}
          press={() => renew.run(undefined)}
          data-testid="new-password"
        >
          {say('people.password.new')}
        </PressTwice>
        {passkeys > 0 || hasCodes ? (
          <PressTwice
            busy={reset.busy}
            sure={say('people.role.sure', { name })}
            press={() => reset.run({})}
            data-testid="reset-second-factor"
          >
            {say('people.factor.reset')}
          </PressTwice>
        ) : null}
        <PressTwice
          busy={remove.busy}
          sure={say('people.remove.sure', { name })}
          press={() => remove.run({})}
          data-testid="remove-person"
        >
          {say('people.remove')}
        </PressTwice>
      </div>
      <ShownOnce words={say('people.password.shown', { name })} secret={password} data-testid="password" />
      <FaultWords fault={out.fault ?? renew.fault ?? reset.fault ?? change.fault ?? remove.fault} />
    </details>
  );
}
