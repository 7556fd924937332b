/** Where the label cannot be scanned: its name and short code are typed, and the figures of the unit's key compared with those on the label. */
import { TextInput } from '@mantine/core';
import type { PairingView, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { UnitId } from '@nattfrid/shared/domain/ids';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { readCode, unitKeyOfCode } from '@nattfrid/shared/seal/label';
import { authenticateTerms } from '@nattfrid/shared/seal/pairing-terms';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import { useState } from 'react';
import { useBeginPairing, useConfirmPairing } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './install.module.css';
import { Progress, termsOf } from './pair-progress.tsx';

export function ByCode({ order, done }: { order: WorkOrderView; done: () => void }) {
  const { say } = useWords();
  const [given, setGiven] = useState({ unit: 'e-', code: '' });
  const [lacking, setLacking] = useState(false);
  const [pairing, setPairing] = useState<PairingView>();
  const [figures, setFigures] = useState<string>();
  const [isOther, setOther] = useState(false);
  const confirm = useConfirmPairing(setPairing);
  const begin = useBeginPairing((begun) => {
    setPairing(begun);
    void fingerprint(fromBase64Url(begun.publicKey)).then(setFigures);
  });
  const again = () => {
    setPairing(undefined);
    setFigures(undefined);
    setOther(false);
  };
  const start = () => {
    const unit = UnitId.safeParse(given.unit.trim().toLowerCase());
    const isWhole = unit.success && readCode(given.code) !== undefined;
    setLacking(!isWhole);
    if (isWhole) begin.run({ order: order.order, unit: unit.data });
  };
  const same = () => {
    const code = readCode(given.code);
    if (!pairing || code === undefined) return;
    const { unit, publicKey, ticket } = pairing;
    void unitKeyOfCode(code, unit, publicKey)
      .then((key) => authenticateTerms(termsOf(pairing, publicKey), key))
      .then((mac) => confirm.run({ ticket, mac }));
  };
  const isCompared = confirm.done || isOther || (pairing && pairing.state !== 'waits-for-console');
  return (
    <details className={css['all']}>
      <summary data-testid="by-code">{say('pair.byCode')}</summary>
      {pairing && isCompared ? (
        <Progress pairing={pairing} isOther={isOther} isAsked={confirm.done} again={again} done={done} />
      ) : null}
      {pairing && !isCompared ? (
        <div className={css['card']}>
          <p>{say('pair.byCode.compare')}</p>
          <p className={css['figures']} data-testid="figures">
            {figures}
          </p>
          <Press large wide tone="cool" busy={confirm.busy} press={same} data-testid="figures-same">
            {say('pair.byCode.yes')}
          </Press>
          <Press wide press={() => setOther(true)} data-testid="figures-other">
            {say('pair.byCode.no')}
          </Press>
        </div>
      ) : null}
      {pairing ? null : (
        <form
          className={css['form']}
          onSubmit={(event) => {
            event.preventDefault();
            start();
          }}
        >
          <TextInput
            label={say('pair.byCode.unit')}
            autoCapitalize="none"
            autoComplete="off"
            value={given.unit}
            onChange={({ currentTarget }) => setGiven({ ...given, unit: currentTarget.value })}
            data-testid="code-unit"
          />
          <TextInput
            label={say('pair.byCode.code')}
            inputMode="numeric"
            autoComplete="off"
            value={given.code}
            onChange={({ currentTarget }) => setGiven({ ...given, code: currentTarget.value })}
            data-testid="code"
          />
          {lacking ? <p role="alert">{say('pair.byCode.lacking')}</p> : null}
          <Press submit large wide tone="cool" busy={begin.busy} data-testid="begin-by-code">
            {say('pair.byCode.submit')}
          </Press>
        </form>
      )}
      <FaultWords fault={begin.fault ?? confirm.fault} />
    </details>
  );
}
