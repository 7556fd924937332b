/** The lines of a table: found, chosen, in order, in pages, and as a file. */
import { describe, expect, it } from 'vitest';
import {
  type Choice,
  type Chosen,
  type Column,
  chosenRows,
  fileOf,
  pageOf,
  pressed,
} from '../../../relay/console/src/parts/rows.ts';

interface Home {
  readonly name: string;
  readonly lacking?: number;
}
const homes: readonly Home[] = [
  { name: 'Björken 10', lacking: 2 },
  { name: 'Åkern 1' },
  { name: 'Björken 9', lacking: 10 },
  { name: 'Zinken 4', lacking: 0 },
];
const columns: readonly Column<Home>[] = [
  { id: 'name', head: 'Hem', value: ({ name }) => name },
  {
    id: 'lacking',
    head: 'Saknas',
    value: ({ lacking }) => lacking,
    words: ({ lacking }) => (lacking ? `${lacking} saker` : '–'),
  },
];
const choices: readonly Choice<Home>[] = [{ id: 'lacking', words: String, holds: ({ lacking = 0 }) => lacking > 0 }];

describe('which lines, in which order', () => {
  for (const [name, chosen, language, expected] of [
    ['as they were given', {}, 'sv', ['Björken 10', 'Åkern 1', 'Björken 9', 'Zinken 4']],
    ['å after z in Swedish, 9 before 10', { sort: 'name' }, 'sv', ['Björken 9', 'Björken 10', 'Zinken 4', 'Åkern 1']],
    ['å beside a in English', { sort: 'name' }, 'en', ['Åkern 1', 'Björken 9', 'Björken 10', 'Zinken 4']],
    ['figures as figures', { sort: 'lacking' }, 'sv', ['Zinken 4', 'Björken 10', 'Björken 9', 'Åkern 1']],
    [
      'none stays last, downwards too',
      { sort: 'lacking', down: true },
      'sv',
      ['Björken 9', 'Björken 10', 'Zinken 4', 'Åkern 1'],
    ],
    ['a column that is no more', { sort: 'weight' }, 'sv', ['Björken 10', 'Åkern 1', 'Björken 9', 'Zinken 4']],
    ['found without its marks', { sought: 'akern' }, 'sv', ['Åkern 1']],
    ['found by each word, in any column', { sought: '2 saker björken' }, 'sv', ['Björken 10']],
    ['a choice', { choice: 'lacking', sort: 'name' }, 'sv', ['Björken 9', 'Björken 10']],
    [
      'a choice that is no more shows all',
      { choice: 'gone' },
      'sv',
      ['Björken 10', 'Åkern 1', 'Björken 9', 'Zinken 4'],
    ],
  ] as const satisfies readonly (readonly [string, Chosen, string, readonly string[]])[])
    it(name, () =>
      expect(chosenRows(homes, columns, choices, chosen, language).map((home) => home.name)).toEqual(expected),
    );
});

it('a heading is pressed: upwards, downwards, as it was; another column begins anew', () => {
  const once = pressed({}, 'name');
  const twice = pressed(once, 'name');
  expect([once, twice, pressed(twice, 'name'), pressed(twice, 'lacking')]).toEqual([
    { sort: 'name', down: false },
    { sort: 'name', down: true },
    { sort: undefined, down: false },
    { sort: 'lacking', down: false },
  ]);
});

it.for([
  ['nothing', 0, 0, { page: 0, pages: 1 }],
  ['one page', 100, 0, { page: 0, pages: 1 }],
  ['one line more', 101, 1, { page: 1, pages: 2 }],
  ['a page that has gone since', 101, 7, { page: 1, pages: 2 }],
] as const)('pages: %s', ([, count, asked, expected]) => expect(pageOf(count, asked)).toEqual(expected));

describe('as a file', () => {
  const file = fileOf([{ name: '=1+1', lacking: 3 }, { name: 'a "b"' }], columns);
  it('begins with the mark by which a spreadsheet knows å', () =>
    expect(file.startsWith('\uFEFF"Hem","Saknas"\r\n')).toBe(true));
  it('holds what is shown, runs nothing, and ends each line', () =>
    expect(file.slice(1).split('\r\n')).toEqual(['"Hem","Saknas"', '"\'=1+1","3 saker"', '"a ""b""","–"', '']));
  it('leaves out what stays on the screen', () => {
    const [name, lacking] = columns as readonly [Column<Home>, Column<Home>];
    expect(fileOf(homes, [{ ...name, notInFile: true }, lacking])).not.toContain('Björken');
  });
});
