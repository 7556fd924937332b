/** Several of a few things, each a box to tick. */
import css from './connections.module.css';

export function Choices<Thing extends string>(props: {
  readonly legend: string;
  readonly all: readonly Thing[];
  readonly chosen: readonly Thing[];
  readonly choose: (chosen: readonly Thing[]) => void;
  readonly words: (thing: Thing) => string;
  readonly name: string;
}) {
  const { legend, all, chosen, choose, words, name } = props;
  return (
    <fieldset className={css['choices']}>
      <legend>{legend}</legend>
      {all.map((thing) => (
        <label key={thing} className={css['choice']}>
          <input
            type="checkbox"
            checked={chosen.includes(thing)}
            onChange={(event) =>
              choose(event.currentTarget.checked ? [...chosen, thing] : chosen.filter((one) => one !== thing))
            }
            data-testid={`${name}-${thing}`}
          />{' '}
          {words(thing)}
        </label>
      ))}
    </fieldset>
  );
}
