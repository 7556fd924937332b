/** Many homes as a table: one line each, filtered, sorted and found; only the lines that are seen are drawn. */
import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useDesk, useNow } from '../around/around.tsx';
import { ChoiceRow } from '../parts/choice-row.tsx';
import { Empty } from '../parts/page.tsx';
import type { Column as FileColumn } from '../parts/rows.ts';
import { SortHead } from '../parts/sort-head.tsx';
import { TableFile } from '../parts/table-file.tsx';
import { useKept } from '../parts/way.tsx';
import { type Column, chosen, columns, counted, type HomeLine, homeLines, type Show, shows } from '../state/homes.ts';
import type { Say } from '../words/say.ts';
import { stamp } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { HomeRow } from './home-row.tsx';
import css from './homes.module.css';
import { useSeenRows } from './seen-rows.ts';

const renewed = 10_000;
const isShow = (word: string | undefined): word is Show => shows.includes(word as Show);
const isColumn = (word: string | undefined): word is Column => columns.includes(word as Column);

export function HomesTable() {
  const { say, language } = useWords();
  const { units, looks } = useDesk();
  const now = useNow(renewed);
  const [kept, keep] = useKept();
  // What is written stays here: an address is kept by browsers and servers.
  const [sought, setSought] = useState('');
  const show = isShow(kept['show']) ? kept['show'] : 'all';
  const sort = isColumn(kept['sort']) ? kept['sort'] : 'state';
  const down = kept['down'] === 'yes';
  const lines = useMemo(() => homeLines({ units, looks }, now), [units, looks, now]);
  const many = useMemo(() => counted(lines), [lines]);
  const rows = useMemo(
    () => chosen(lines, { show, sort, down, sought }, language),
    [lines, show, sort, down, sought, language],
  );
  const seen = useSeenRows(rows.length);
  return (
    <section className={css['homes']} data-testid="homes-table" aria-label={say('unit.title')}>
      <div className={css['choose']}>
        <ChoiceRow
          label={say('homes.show')}
          all={shows.map((id) => ({ id, words: say(`homes.show.${id}`, { count: many[id] }) }))}
          chosen={show}
          choose={(one) => keep({ show: one === 'all' ? undefined : one })}
          testid="show"
        />
        <TextInput
          type="search"
          aria-label={say('homes.find')}
          placeholder={say('homes.find')}
          value={sought}
          onChange={({ currentTarget: { value } }) => setSought(value)}
          data-testid="find-home"
        />
        <TableFile id="homes" rows={rows} columns={fileColumns(say)} />
      </div>
      {rows.length === 0 ? (
        <Empty>{say('homes.none')}</Empty>
      ) : (
        <table ref={seen.table} className={css['table']} aria-rowcount={rows.length + 1}>
          <caption>{say('homes.caption', { count: rows.length })}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <SortHead
                  key={column}
                  {...{ id: column, head: say(`homes.${column}`), sort, down }}
                  press={() => keep({ sort: column, down: column === sort && !down ? 'yes' : undefined })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {seen.before > 0 ? <Gap height={seen.before} /> : null}
            {rows.slice(seen.from, seen.until).map((line, index) => (
              <HomeRow key={line.unit.unit} line={line} index={seen.from + index} />
            ))}
            {seen.after > 0 ? <Gap height={seen.after} /> : null}
          </tbody>
        </table>
      )}
    </section>
  );
}

const fileColumns = (say: Say): readonly FileColumn<HomeLine>[] => [
  { id: 'home', head: say('homes.home'), value: ({ unit }) => unit.client },
  { id: 'place', head: say('table.head.place'), value: ({ unit }) => unit.place ?? '' },
  { id: 'unit', head: say('table.head.unit'), value: ({ unit }) => unit.unit },
  { id: 'state', head: say('homes.state'), value: ({ cause }) => say(cause ? `cause.${cause}` : 'homes.well') },
  { id: 'since', head: say('homes.since'), value: ({ since }) => (since ? stamp(since) : '') },
  { id: 'next', head: say('homes.next'), value: ({ next }) => (next ? stamp(next) : '') },
  {
    id: 'power',
    head: say('homes.power'),
    value: ({ unit: { vitals } }) => (vitals?.power ? say(`homes.power.${vitals.power}`) : ''),
  },
];

/** In place of lines that are not seen. @param height px */
const Gap = ({ height }: { height: number }) => (
  <tr>
    <td colSpan={columns.length} style={{ height, padding: 0, border: 0 }} />
  </tr>
);
