/** Händelsestyrd tillsyn: what the unit watches for, each event with its figures beside it. */
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { Choice, Line, Part, Tick, useForm } from './form.tsx';

export function EventsPart() {
  const { say } = useWords();
  const { draft, put, note, closed } = useForm();
  const { plan } = draft;
  /** Whoever ticks an event has chosen the product that has events. */
  const withEvents = (checked: boolean) => checked && put('plan', { product: 'looks-and-events' });
  return (
    <Part id="events" title={say('client.events')} lacking={note('plan:product')}>
      <Choice
        name="product"
        label={say('client.product')}
        value={plan.product}
        closed={closed}
        choose={(product) => put('plan', { product })}
        options={[
          { value: 'looks-only', label: say('client.product.looks-only') },
          { value: 'looks-and-events', label: say('client.product.looks-and-events') },
        ]}
      />
      <div className={css['event']}>
        <Tick of="plan" name="fall" label={say('client.fall')} then={withEvents} />
        {plan.fall ? (
          <>
            <Line of="plan" name="fallSeconds" label={say('client.fall.seconds')} size="short" figures />
            <Line of="plan" name="besideBedSeconds" label={say('client.fall.besideBed')} size="short" figures />
            <Line of="plan" name="doorwaySeconds" label={say('client.fall.doorway')} size="short" figures />
            {plan.otherPlaces.length > 0 ? (
              <p className={css['quiet']}>{say('client.fall.otherPlaces', { count: plan.otherPlaces.length })}</p>
            ) : null}
          </>
        ) : null}
      </div>
      <div className={css['event']}>
        <Tick of="plan" name="leftRoom" label={say('client.leftRoom')} then={withEvents} />
        {plan.leftRoom ? (
          <>
            <Line of="plan" name="leftMinutes" label={say('client.leftRoom.minutes')} size="short" figures />
            <Line of="plan" name="leftFrom" label={say('client.leftRoom.from')} size="short" figures />
            <Line of="plan" name="leftTo" label={say('client.leftRoom.to')} size="short" figures />
            <Line of="plan" name="bathroomMinutes" label={say('client.leftRoom.bathroom')} size="short" figures />
          </>
        ) : null}
      </div>
      <div className={css['event']}>
        <Tick of="plan" name="notInBed" label={say('client.notInBed')} then={withEvents} />
        {plan.notInBed ? (
          <>
            <Line of="plan" name="notInBedBy" label={say('client.notInBed.by')} size="short" figures />
            <Line of="plan" name="notInBedUntil" label={say('client.notInBed.until')} size="short" figures />
          </>
        ) : null}
      </div>
      <Line of="plan" name="other" label={say('client.other')} hint={say('client.other.words')} size="wide" />
    </Part>
  );
}
