/** For coordinators: since when a unit has its token, a new one, exchanging the unit, taking it out; each with a second press. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useMay } from '../around/around.tsx';
import { useNewToken, useRemoveUnit, useTokens } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';
import { ReplaceUnit } from './replace-unit.tsx';
import css from './unit.module.css';

export function UnitActs({ unit }: { unit: UnitId }) {
  const { say } = useWords();
  const coordinator = useMay('manage-units');
  const [token, setToken] = useState<string>();
  const renew = useNewToken(unit, setToken);
  const remove = useRemoveUnit(unit);
  if (!coordinator) return null;
  return (
    <details className={css['acts']}>
      <summary data-testid="unit-more">{say('unit.acts')}</summary>
      <ShownOnce words={say('unit.token.shown', { unit })} secret={token} data-testid="token" />
      <div className={css['act']}>
        <TokenMade unit={unit} />
        <p className={css['sub']}>{say('unit.newToken.words')}</p>
        <PressTwice
          busy={renew.busy}
          sure={say('unit.newToken.sure')}
          press={() => renew.run(undefined)}
          data-testid="new-token"
        >
          {say('unit.newToken')}
        </PressTwice>
        <FaultWords fault={renew.fault} />
      </div>
      <ReplaceUnit unit={unit} then={setToken} />
      <div className={css['act']}>
        <p className={css['sub']}>{say('unit.remove.words')}</p>
        <PressTwice
          busy={remove.busy}
          sure={say('unit.remove.sure', { unit })}
          press={() => remove.run(undefined)}
          data-testid="remove-unit"
        >
          {say('unit.remove')}
        </PressTwice>
        <FaultWords fault={remove.fault} />
      </div>
    </details>
  );
}

function TokenMade({ unit }: { unit: UnitId }) {
  const { say } = useWords();
  const made = useTokens().data?.tokens.find((one) => one.unit === unit);
  if (!made?.madeAt) return null;
  const who = made.madeBy === 'relay' || made.madeBy === undefined ? say('unit.token.byCommand') : made.madeBy;
  const [before, after] = say('unit.token.made', { time: '|', who }).split('|');
  return (
    <p className={css['sub']} data-testid="token-made">
      {before}
      <When at={made.madeAt} />
      {after}
    </p>
  );
}
