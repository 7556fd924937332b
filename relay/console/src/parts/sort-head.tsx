/** The heading of a column: a press puts the table in its order. */
import { useWords } from '../words/words.ts';

export function SortHead(props: {
  readonly id: string;
  readonly head: string;
  readonly sort: string | undefined;
  readonly down?: boolean | undefined;
  readonly press: (column: string) => void;
}) {
  const { say } = useWords();
  const { id, head, sort, down = false, press } = props;
  return (
    <th scope="col" aria-sort={id === sort ? (down ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        title={say('homes.sort', { column: head })}
        onClick={() => press(id)}
        data-testid={`sort-${id}`}
      >
        {head}
      </button>
    </th>
  );
}
