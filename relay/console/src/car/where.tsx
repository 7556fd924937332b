/** Where the home is and how one gets in. The client's visit card stands here; who reads it is written in the log. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useWords } from '../words/words.ts';
import css from './car.module.css';

export function Where({ client }: { client: ClientAlias }) {
  const { say } = useWords();
  return (
    <section className={css['where']} aria-label={say('car.where')} data-client={client} data-testid="car-where">
      <h3>{say('car.where')}</h3>
      <p>{say('car.where.none')}</p>
    </section>
  );
}
