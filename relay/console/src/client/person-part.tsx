/** Who the client is: name, personal number, address, telephone, in the order of the municipality's form. */
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { Line, Part } from './form.tsx';

export function PersonPart() {
  const { say } = useWords();
  return (
    <Part id="person" title={say('client.person')} lead={say('client.person.lead')}>
      <Line of="person" name="name" label={say('client.name')} />
      <Line of="person" name="personalNumber" label={say('client.personalNumber')} figures />
      <Line of="person" name="address" label={say('client.address')} size="wide" />
      <Line of="person" name="telephone" label={say('client.telephone')} figures />
      <details className={css['more']}>
        <summary>{say('client.person.more')}</summary>
        <div className={css['fields']}>
          <Line of="person" name="keyInformation" label={say('client.keyInformation')} size="wide" />
          <Line of="person" name="travelMinutes" label={say('client.travelMinutes')} size="short" figures />
          <Line of="person" name="travelKilometres" label={say('client.travelKilometres')} size="short" figures />
          <Line of="person" name="relativeName" label={say('client.relativeName')} />
          <Line of="person" name="relativeRelation" label={say('client.relativeRelation')} />
          <Line of="person" name="relativeTelephone" label={say('client.relativeTelephone')} figures />
        </div>
      </details>
    </Part>
  );
}
