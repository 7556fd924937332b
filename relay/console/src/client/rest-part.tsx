/** What is left of the form: how long it counts, who goes there instead, retry, and what seldom differs. */
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { Choice, Line, Part, Tick, useForm } from './form.tsx';

export function RestPart() {
  const { say } = useWords();
  const { draft, put, closed } = useForm();
  const { plan } = draft;
  return (
    <Part id="rest" title={say('client.rest')}>
      <Line of="plan" name="from" label={say('client.from')} type="date" size="short" />
      <Line of="plan" name="until" label={say('client.until')} type="date" size="short" />
      <Line of="plan" name="physicalTimes" label={say('client.physical')} hint={say('client.physical.words')} />
      <details className={css['more']}>
        <summary>{say('client.rest.more')}</summary>
        <div className={css['fields']}>
          <Line of="plan" name="retryMinutes" label={say('client.retry')} size="short" figures />
          <Line of="plan" name="longestSeconds" label={say('client.longest')} size="short" figures />
          <Tick of="plan" name="alarmLook" label={say('client.alarmLook')} />
          <Line of="plan" name="alarmLookMinutes" label={say('client.alarmLook.minutes')} size="short" figures />
          <Choice
            name="while-paused"
            label={say('client.whilePaused')}
            value={plan.whilePaused}
            closed={closed}
            choose={(whilePaused) => put('plan', { whilePaused })}
            options={[
              { value: 'visits', label: say('client.whilePaused.visits') },
              { value: 'nobody', label: say('client.whilePaused.nobody') },
            ]}
          />
          <Line of="plan" name="code" label={say('client.code')} size="short" />
          <Line of="plan" name="physicalCode" label={say('client.physical.code')} size="short" />
          <Choice
            name="consoles"
            label={say('client.whose')}
            value={plan.consoles}
            closed={closed}
            choose={(consoles) => put('plan', { consoles })}
            options={[
              { value: 'vouched', label: say('client.whose.vouched') },
              { value: 'first-sight', label: say('client.whose.first-sight') },
            ]}
          />
          <Tick of="plan" name="shadow" label={say('client.shadow')} />
        </div>
      </details>
    </Part>
  );
}
