/** Address and key of one home, with a link to the telephone's own map: nothing of who lives there. */
import type { WayIn } from '../deeds/car-list.ts';
import { useWords } from '../words/words.ts';
import { mapLink } from './map-link.ts';
import css from './visit.module.css';

/** @param wide for a thumb: on the page of a car */
export function WayInWords({ wayIn, wide = false }: { wayIn: WayIn; wide?: boolean }) {
  const { say } = useWords();
  return (
    <section className={css['where']} aria-label={say('where.title')} data-testid="where">
      <Address address={wayIn.address} wide={wide} />
      <p>{wayIn.keyInformation ?? say('where.noKey')}</p>
    </section>
  );
}

/** The map that opens is told the address, and nothing else: only where somebody presses it. */
export function Address({ address, wide }: { address: string; wide: boolean }) {
  const { say } = useWords();
  return (
    <>
      <p>{address}</p>
      {wide ? (
        <a className={css['way']} href={mapLink(address, navigator.userAgent)} data-testid="navigate">
          {say('where.navigate')}
        </a>
      ) : null}
    </>
  );
}
