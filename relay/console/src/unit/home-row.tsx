/** One home in the table: its name, how it is in plain words, since when, its next look, and what feeds it. */
import { memo } from 'react';
import { AlarmSign, LinkSign } from '../parts/icons.tsx';
import { WayLink } from '../parts/way.tsx';
import { Ago, When } from '../parts/when.tsx';
import type { HomeLine } from '../state/homes.ts';
import { useWords } from '../words/words.ts';
import css from './homes.module.css';

/** @param index of all lines, from 0: those that are not drawn count as well */
export const HomeRow = memo(
  function HomeRow({ line: { unit, cause, since, next }, index }: { line: HomeLine; index: number }) {
    const { say } = useWords();
    const power = unit.vitals?.power;
    return (
      <tr
        aria-rowindex={index + 2}
        data-testid="home-row"
        data-unit={unit.unit}
        {...(cause ? { 'data-cause': cause } : {})}
      >
        <th scope="row">
          <WayLink to={{ page: 'units', id: unit.unit }}>{unit.client}</WayLink>{' '}
          <small>{unit.place ?? unit.unit}</small>
        </th>
        <td className={css['state']}>
          {cause ? <AlarmSign size={18} /> : <LinkSign size={18} />}
          <span title={cause ? say(`causeDo.${cause}`) : undefined}>
            {say(cause ? `cause.${cause}` : 'homes.well')}
          </span>
        </td>
        <td>{since ? <Ago at={since} /> : null}</td>
        <td>{next ? <When at={next} /> : null}</td>
        <td>{power ? say(`homes.power.${power}`) : null}</td>
      </tr>
    );
  },
  (before, after) =>
    before.line.unit === after.line.unit &&
    before.line.cause === after.line.cause &&
    before.line.since === after.line.since &&
    before.line.next === after.line.next &&
    before.index === after.index,
);
