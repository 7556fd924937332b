/** Why the client is looked in on: the decision, or an intervention without a needs test; and for whom it suits. */
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { suits } from './draft.ts';
import { Choice, Line, Part, useForm } from './form.tsx';

export function DecisionPart() {
  const { say } = useWords();
  const { draft, put, note, closed } = useForm();
  const { decision } = draft;
  return (
    <Part id="decision" title={say('client.decision')} lacking={note('decision:whole')}>
      <Choice
        name="decision-kind"
        label={say('client.decision.kind')}
        value={decision.kind}
        closed={closed}
        choose={(kind) => put('decision', { kind })}
        options={[
          { value: 'granted', label: say('client.decision.granted') },
          { value: 'without-needs-test', label: say('client.decision.without') },
        ]}
      />
      <Line of="decision" name="reference" label={say('client.decision.reference')} />
      <Line of="decision" name="by" label={say('client.decision.by')} />
      <Line of="decision" name="decidedOn" label={say('client.decision.decidedOn')} type="date" size="short" />
      <Line of="decision" name="from" label={say('client.decision.from')} type="date" size="short" />
      <Line of="decision" name="until" label={say('client.decision.until')} type="date" size="short" />
      <details className={css['more']}>
        <summary>{say('client.suitability')}</summary>
        <div className={css['fields']}>
          {suits.map((one) => (
            <label key={one} className={css['plainTick']}>
              <input
                type="checkbox"
                checked={decision.suits[one]}
                disabled={closed}
                data-testid={`suits-${one}`}
                onChange={({ currentTarget: { checked } }) =>
                  put('decision', { suits: { ...decision.suits, [one]: checked } })
                }
              />
              <span>{say(`client.suits.${one}`)}</span>
            </label>
          ))}
          <Line of="decision" name="suitsWords" label={say('client.suits.words')} size="wide" />
          <Line of="decision" name="mostLooks" label={say('client.decision.mostLooks')} size="short" figures />
          <Line of="decision" name="protectiveMeasure" label={say('client.decision.protective')} />
        </div>
      </details>
    </Part>
  );
}
