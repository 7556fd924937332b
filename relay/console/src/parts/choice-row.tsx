/** What of a list is shown: a few buttons side by side, of which one is pressed. */
import css from './choice-row.module.css';

export function ChoiceRow<Id extends string>(props: {
  readonly label: string;
  readonly all: readonly { readonly id: Id; readonly words: string }[];
  readonly chosen: Id;
  readonly choose: (id: Id) => void;
  /** Of each button, with its id behind it. */
  readonly testid: string;
}) {
  const { label, all, chosen, choose, testid } = props;
  return (
    <fieldset aria-label={label} className={css['row']}>
      {all.map(({ id, words }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          onClick={() => choose(id)}
          data-testid={`${testid}-${id}`}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}
