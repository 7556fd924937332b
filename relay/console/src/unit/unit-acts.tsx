/** For coordinators: a new token for a unit, or taking it out; each with a second press. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useSelf } from '../around/around.tsx';
import { useNewToken, useRemoveUnit } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './unit.module.css';

export function UnitActs({ unit }: { unit: UnitId }) {
  const { say } = useWords();
  const coordinator = useSelf().role === 'coordinator';
  const [token, setToken] = useState<string>();
  const renew = useNewToken(unit, setToken);
  const remove = useRemoveUnit(unit);
  if (!coordinator) return null;
  return (
    <details className={css['acts']}>
      <summary data-testid="unit-more">{say('unit.acts')}</summary>
      <PressTwice
        busy={renew.busy}
        sure={say('unit.newToken.sure')}
        press={() => renew.run(undefined)}
        data-testid="new-token"
      >
        {say('unit.newToken')}
      </PressTwice>
      <p className={css['sub']}>{say('unit.newToken.words')}</p>
      {token ? (
        <p role="status">
          {say('unit.token.shown', { unit })} <code data-testid="token">{token}</code>
        </p>
      ) : null}
      <PressTwice
        busy={remove.busy}
        sure={say('unit.remove.sure', { unit })}
        press={() => remove.run(undefined)}
        data-testid="remove-unit"
      >
        {say('unit.remove')}
      </PressTwice>
      <p className={css['sub']}>{say('unit.remove.words')}</p>
      <FaultWords fault={renew.fault ?? remove.fault} />
    </details>
  );
}
