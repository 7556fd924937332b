/** How the person is shown: each way with a drawn example, and which others are agreed where somebody cannot be made out. */
import { Mode } from '@nattfrid/shared/domain/plan';
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { Choice, Part, useForm } from './form.tsx';
import { ModeExample } from './mode-example.tsx';

export function ModePart() {
  const { say } = useWords();
  const { draft, put, closed } = useForm();
  const { mode, alsoAgreed } = draft.plan;
  const others = Mode.options.filter((one) => one !== mode);
  return (
    <Part id="mode" title={say('client.mode')} lead={say('client.mode.lead')}>
      <div className={css['modes']}>
        <Choice
          name="mode"
          label={say('client.mode.shown')}
          value={mode}
          closed={closed}
          choose={(chosen) => put('plan', { mode: chosen, alsoAgreed: alsoAgreed.filter((one) => one !== chosen) })}
          options={Mode.options.map((value) => ({
            value,
            label: (
              <>
                <ModeExample mode={value} />
                <b>{say(`mode.${value}`)}</b>
                <small>{say(`client.mode.${value}`)}</small>
              </>
            ),
          }))}
        />
      </div>
      <fieldset className={css['choice']}>
        <legend>{say('client.mode.also')}</legend>
        {others.map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={alsoAgreed.includes(one)}
              disabled={closed}
              data-testid={`also-${one}`}
              onChange={({ currentTarget: { checked } }) =>
                put('plan', {
                  alsoAgreed: Mode.options.filter((mode) => (mode === one ? checked : alsoAgreed.includes(mode))),
                })
              }
            />
            <span>{say(`mode.${one}`)}</span>
          </label>
        ))}
      </fieldset>
    </Part>
  );
}
