/** «Stopp» and pause, from any screen on which a home is: who said so, which consent, two presses; and in words what happens then. */
import { TextInput } from '@mantine/core';
import type { Halt } from '@nattfrid/shared/desk/client-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { printInstant } from '@nattfrid/shared/time/instant';
import { useEffect, useId, useState } from 'react';
import { useMay, useNow } from '../around/around.tsx';
import { useHalt } from '../around/asking-care.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './halt.module.css';
import { haltWords } from './halt-words.ts';
import { nextAt, noonOf } from './pause-times.ts';

const saidBy = ['client', 'representative', 'cohabitant', 'objects'] as const;
const whats = ['all', 'technology', 'supervision', 'cohabitant'] as const;
/** When a night is over, for a pause until then. */
const morning = '07:00';

/** @param halt what holds now, where the screen knows it */
export function HaltActs({ alias, halt }: { alias: ClientAlias; halt?: Halt | undefined }) {
  const { say, language } = useWords();
  const mayStop = useMay('withdraw-consent');
  const mayPause = useMay('pause-supervision');
  const [told, setTold] = useState<'stopped' | 'paused'>();
  const { stop, pause, goOn } = useHalt(alias, () => undefined);
  const now = useNow(30_000);
  const [said, setSaid] = useState<Asked<'withdrawConsent'>['saidBy']>('client');
  const [what, setWhat] = useState<Asked<'withdrawConsent'>['what']>('all');
  const [at, setAt] = useState(morning);
  const [days, setDays] = useState({ from: '', until: '' });
  // A new plan is in force: what was said of the stop before it is old.
  const holds = halt?.type;
  useEffect(() => {
    if (!holds) setTold(undefined);
  }, [holds]);
  if (!mayStop && !mayPause) return null;
  const tellPaused = () => setTold('paused');
  const pauseUntil = (until: Asked<'pauseSupervision'>['until'], from?: string) =>
    void pause.ran({ until, ...(from && { from }) }).then(tellPaused);
  const until = nextAt(at, now);
  const [from, last] = [noonOf(days.from), noonOf(days.until)];
  const night = nextAt(morning, now);
  return (
    <div className={css['halt']} data-testid="halt">
      {halt ? (
        <p className={css['now']} role="status" data-testid="halt-now">
          {haltWords(halt, language, say)}
        </p>
      ) : null}
      <details>
        <summary data-testid="halt-open">{say('halt.open')}</summary>
        {mayStop ? (
          <div className={css['way']}>
            <h3>{say('halt.stop')}</h3>
            <p>{say('halt.stop.words')}</p>
            <Radios
              name="halt-said-by"
              label={say('halt.saidBy')}
              value={said}
              choose={setSaid}
              options={saidBy.map((value) => [value, say(`halt.saidBy.${value}`)] as const)}
            />
            <Radios
              name="halt-what"
              label={say('halt.what')}
              value={what}
              choose={setWhat}
              options={whats.map((value) => [value, say(`halt.what.${value}`)] as const)}
            />
            <PressTwice
              tone="warm"
              sure={say('halt.stop.sure')}
              busy={stop.busy}
              press={() => void stop.ran({ saidBy: said, what }).then(() => setTold('stopped'))}
              data-testid="stop"
            >
              {say('halt.stop.press')}
            </PressTwice>
            {told === 'stopped' && !stop.fault ? <Told>{say('halt.stop.done')}</Told> : null}
            <FaultWords fault={stop.fault} />
          </div>
        ) : null}
        {mayPause ? (
          <div className={css['way']}>
            <h3>{say('halt.pause')}</h3>
            <p>{say('halt.pause.words')}</p>
            <div className={css['row']}>
              <Press busy={pause.busy} press={() => night && pauseUntil(printInstant(night))} data-testid="pause-night">
                {say('halt.pause.night', { time: morning })}
              </Press>
            </div>
            <div className={css['row']}>
              <TextInput
                label={say('halt.pause.time')}
                value={at}
                data-testid="pause-time"
                onChange={({ currentTarget: { value } }) => setAt(value)}
              />
              <Press
                busy={pause.busy}
                disabled={until === undefined}
                press={() => until !== undefined && pauseUntil(printInstant(until))}
                data-testid="pause-until"
              >
                {say('halt.pause.until')}
              </Press>
            </div>
            <div className={css['row']}>
              <TextInput
                type="date"
                label={say('halt.pause.from')}
                value={days.from}
                onChange={({ currentTarget: { value } }) => setDays({ ...days, from: value })}
              />
              <TextInput
                type="date"
                label={say('halt.pause.last')}
                value={days.until}
                onChange={({ currentTarget: { value } }) => setDays({ ...days, until: value })}
              />
              <Press
                busy={pause.busy}
                disabled={from === undefined || last === undefined || last <= from}
                press={() =>
                  from && last && pauseUntil(printInstant(last), from > now ? printInstant(from) : undefined)
                }
                data-testid="pause-dates"
              >
                {say('halt.pause.dates')}
              </Press>
            </div>
            {told === 'paused' && !pause.fault ? <Told>{say('halt.pause.done')}</Told> : null}
            <FaultWords fault={pause.fault} />
            {halt?.type === 'paused' ? (
              <Press busy={goOn.busy} press={() => goOn.run(undefined)} data-testid="pause-end">
                {say('halt.goOn')}
              </Press>
            ) : null}
            <FaultWords fault={goOn.fault} />
          </div>
        ) : null}
      </details>
    </div>
  );
}

const Told = ({ children }: { children: string }) => (
  <p role="status" className={css['told']} data-testid="halt-told">
    {children}
  </p>
);

function Radios<Value extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly choose: (value: Value) => void;
  readonly options: readonly (readonly [Value, string])[];
}) {
  const { name, label, value, choose, options } = props;
  // Several homes have this form on one page: radio buttons of one name are one choice, whichever home they stand at.
  const group = useId();
  return (
    <fieldset className={css['radios']}>
      <legend>{label}</legend>
      {options.map(([one, words]) => (
        <label key={one}>
          <input
            type="radio"
            name={group}
            checked={one === value}
            onChange={() => choose(one)}
            data-testid={`${name}-${one}`}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
