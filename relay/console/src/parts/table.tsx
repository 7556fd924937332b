/**
 * The console's table: a press on a heading sorts it, what is written finds lines, a choice shows some, a long one has pages; printed whole, and
 * saved as it is shown. The address keeps order and choice, and nothing that somebody has written.
 */
import { TextInput } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import { useWords } from '../words/words.ts';
import { ChoiceRow } from './choice-row.tsx';
import { Empty } from './page.tsx';
import { Press } from './press.tsx';
import { usePrinting } from './printing.ts';
import { type Choice, type Chosen, type Column, chosenRows, pageOf, pageOfRows, pressed } from './rows.ts';
import { SortHead } from './sort-head.tsx';
import css from './table.module.css';
import { TableFile } from './table-file.tsx';
import { useKept } from './way.tsx';

/** So few are seen at once, and need neither search nor file. */
export const few = 6;

export interface ShownColumn<Row> extends Column<Row> {
  /** Absent: its words. */
  readonly show?: (row: Row) => ReactNode;
  /** Its words are many, and may stand in several lines. */
  readonly long?: true;
}

export interface TableProps<Row> {
  /** Its name in the address and of its file. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly ShownColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly choices?: readonly Choice<Row>[];
  /** What is unfolded below a line. */
  readonly more?: (row: Row) => ReactNode;
  readonly line?: string;
  readonly isWarm?: (row: Row) => boolean;
  /** What is looked for, where the page itself asks for it. */
  readonly sought?: string;
}

export function Table<Row>({ id, title, columns, rows, choices = [], sought: given, ...rest }: TableProps<Row>) {
  const { say, language } = useWords();
  const [kept, keep] = useKept();
  const [written, setWritten] = useState('');
  const sought = given ?? written;
  const [asked, setAsked] = useState(0);
  const chosen: Chosen = {
    sort: kept[`${id}-sort`],
    down: kept[`${id}-down`] === 'yes',
    choice: kept[`${id}-show`],
    sought,
  };
  const found = chosenRows(rows, columns, choices, chosen, language);
  const { page, pages } = pageOf(found.length, asked);
  const printing = usePrinting();
  const shown = printing ? found : found.slice(page * pageOfRows, (page + 1) * pageOfRows);
  const press = (column: string) => {
    const next = pressed(chosen, column);
    keep({ [`${id}-sort`]: next.sort, [`${id}-down`]: next.down ? 'yes' : undefined });
    setAsked(0);
  };
  return (
    <section className={css['whole']} aria-label={title} data-testid={`table-${id}`}>
      {rows.length > few ? (
        <div className={css['tools']}>
          <Choices
            {...{ id, rows, choices }}
            chosen={chosen.choice}
            choose={(choice) => {
              keep({ [`${id}-show`]: choice });
              setAsked(0);
            }}
          />
          {given === undefined ? (
            <TextInput
              type="search"
              aria-label={say('table.find', { title })}
              placeholder={say('table.find.short')}
              value={written}
              onChange={({ currentTarget: { value } }) => {
                setWritten(value);
                setAsked(0);
              }}
              data-testid={`find-${id}`}
            />
          ) : null}
          <TableFile id={id} rows={found} columns={columns} />
        </div>
      ) : null}
      {rows.length > 0 && found.length === 0 ? <Empty>{say('table.none')}</Empty> : null}
      {found.length > 0 ? (
        <Lines
          {...{ title, columns, chosen, press, ...rest }}
          rows={shown}
          many={rows.length > few ? found.length : 0}
        />
      ) : null}
      {pages > 1 ? (
        <nav className={css['pages']} aria-label={say('table.pages', { title })}>
          <Press disabled={page === 0} press={() => setAsked(page - 1)} data-testid={`before-${id}`}>
            {say('table.before')}
          </Press>
          <span role="status">{say('table.page', { page: page + 1, pages })}</span>
          <Press disabled={page === pages - 1} press={() => setAsked(page + 1)} data-testid={`after-${id}`}>
            {say('table.after')}
          </Press>
        </nav>
      ) : null}
    </section>
  );
}

function Choices<Row>(props: {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly choices: readonly Choice<Row>[];
  readonly chosen: string | undefined;
  readonly choose: (choice: string | undefined) => void;
}) {
  const { say } = useWords();
  const { id, rows, choices, chosen, choose } = props;
  if (choices.length === 0) return null;
  const all = { id: 'all', words: (count: number) => say('table.all', { count }), holds: () => true };
  return (
    <ChoiceRow
      label={say('table.show')}
      all={[all, ...choices].map((one) => ({ id: one.id, words: one.words(rows.filter(one.holds).length) }))}
      chosen={chosen ?? 'all'}
      choose={(one) => choose(one === 'all' ? undefined : one)}
      testid={`${id}-show`}
    />
  );
}

function Lines<Row>(
  props: Omit<TableProps<Row>, 'id' | 'choices' | 'sought'> & {
    readonly chosen: Chosen;
    readonly press: (column: string) => void;
    /** How many there are on all pages; 0: it is seen. */
    readonly many: number;
  },
) {
  const { say } = useWords();
  const { title, columns, rows, keyOf, more, line, isWarm, chosen, press, many } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const turn = (key: string) =>
    setOpen((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes focus (WCAG 2.1.1)
    <section className={css['scroll']} tabIndex={0} aria-label={title}>
      <table className={css['table']}>
        <caption>
          {title}
          {many > 0 ? <small className={css['many']}>{say('table.lines', { count: many })}</small> : null}
        </caption>
        <thead>
          <tr>
            {columns.map(({ id, head }) => (
              <SortHead key={id} id={id} head={head} sort={chosen.sort} down={chosen.down} press={press} />
            ))}
            {more ? <td className={css['fold']} /> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <Fragment key={key}>
                <tr data-testid={line} {...(isWarm?.(row) ? { 'data-warm': true } : {})}>
                  {columns.map((column, index) => {
                    const cell = column.show?.(row) ?? column.words?.(row) ?? column.value(row) ?? '–';
                    const kind = column.long ? css['long'] : undefined;
                    return index === 0 ? (
                      <th key={column.id} scope="row" className={kind}>
                        {cell}
                      </th>
                    ) : (
                      <td key={column.id} className={kind}>
                        {cell}
                      </td>
                    );
                  })}
                  {more ? (
                    <td className={css['fold']}>
                      <button
                        type="button"
                        aria-expanded={open.has(key)}
                        aria-label={say(open.has(key) ? 'table.less.of' : 'table.more.of', {
                          line: columns[0]?.words?.(row) ?? String(columns[0]?.value(row) ?? ''),
                        })}
                        onClick={() => turn(key)}
                        data-testid="unfold"
                      >
                        {say(open.has(key) ? 'table.less' : 'table.more')}
                      </button>
                    </td>
                  ) : null}
                </tr>
                {more && open.has(key) ? (
                  <tr className={css['below']}>
                    <td colSpan={columns.length + 1}>{more(row)}</td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
