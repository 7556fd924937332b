/** The upload of a signed plan, which this console passes on unchanged. */
import { FileButton } from '@mantine/core';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { useState } from 'react';
import { useSendPlan } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import press from '../parts/press.module.css';
import { useWords } from '../words/words.ts';
import css from './plan.module.css';

/** In bytes; a plan is a page of text. */
const largest = 256 * 1024;

export function Upload({ unit }: { unit: UnitId }) {
  const { say } = useWords();
  const send = useSendPlan(unit);
  const [wrong, setWrong] = useState(false);
  const take = async (file: File | null) => {
    if (!file) return;
    const letter = file.size > largest ? undefined : read(await file.text());
    setWrong(!letter);
    if (letter) send.run(letter);
  };
  return (
    <section className={`${parts['card']} ${css['plan']}`} aria-labelledby="upload">
      <div>
        <h2 id="upload">{say('plan.upload')}</h2>
        <p className={css['quiet']}>{say('plan.upload.words')}</p>
      </div>
      <div>
        <FileButton
          onChange={(file) => void take(file)}
          accept="application/json,.json"
          inputProps={{ 'aria-label': say('plan.upload.choose'), 'data-testid': 'plan-file' } as object}
        >
          {(props) => (
            <button {...props} type="button" className={press['plain']} disabled={send.busy} data-testid="plan-choose">
              {say('plan.upload.choose')}
            </button>
          )}
        </FileButton>
      </div>
      {wrong ? (
        <p role="alert" className={parts['fault']} data-testid="plan-wrong">
          {say('plan.upload.notLetter')}
        </p>
      ) : null}
      {send.done && !wrong ? (
        <p role="status" data-testid="plan-sent">
          {say('plan.upload.sent')}
        </p>
      ) : null}
      <FaultWords fault={send.fault} />
    </section>
  );
}

function read(text: string): PlanLetter | undefined {
  try {
    return PlanLetter.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
