/** Pure. A schema as a table of its fields, in Markdown. */
import { type Lettering, type ValueShape, valueShape, valueWords } from '@nattfrid/shared/schema/value-words';
import { messages } from '@nattfrid/shared/wire/messages';
import type { z } from 'zod';
import { nameOf } from './types.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((one) => row(...one))].join('\n');
export const code = (text: string): string => `\`${text}\``;
export const onPage: Lettering = {
  letters: code,
  named: (name) => `[${name}](#${name in messages ? name : `type-${name.toLowerCase()}`})`,
};

/** What stands for an object without fields. */
export const nothing = 'Nothing.';

/** All that a schema lets through, as a table: itself told whole, the named types within by their names. */
export function fields(schema: z.ZodType): string {
  const shape = valueShape(schema, (one) => (one === schema ? undefined : nameOf(one)));
  const kinds = shape.oneOf ?? shape.anyOf;
  if (kinds?.every((kind) => kind.properties)) return kindTable(kinds);
  if (shape.named || !shape.properties) return `${valueWords(shape, onPage)}.`;
  const rows = fieldRows(shape, '');
  return rows.length === 0 ? nothing : table(['field', 'type', 'what it is'], rows);
}

/** A union: for each kind its words, and below its fields. */
const kindTable = (kinds: readonly ValueShape[]): string =>
  table(
    ['kind', 'field', 'type', 'what it is'],
    kinds.flatMap((kind) => {
      const [[key, name], ...others] = Object.entries(kind.properties ?? {}) as [[string, ValueShape]];
      const rest = { ...kind, properties: Object.fromEntries(others) };
      return [
        [`${code(key)}: ${valueWords(name, onPage)}`, '', '', kind.description ?? ''],
        ...fieldRows(rest, '').map((cells) => ['', ...cells]),
      ];
    }),
  );

/** Those of an object that has no name of its own come right below it. */
function fieldRows({ properties = {}, required = [] }: ValueShape, within: string): readonly (readonly string[])[] {
  return Object.entries(properties).flatMap(([key, shape]) => {
    const name = `${within}${key}`;
    const optional = required.includes(key) ? '' : '?';
    const inner = shape.named ? undefined : shape.properties ? shape : listed(shape);
    const fallback = shape.default === undefined ? '' : `; ${code(JSON.stringify(shape.default))} where it is absent`;
    const type = inner
      ? inner === shape
        ? 'object'
        : `list of objects${listLimit(shape)}`
      : valueWords(shape, onPage);
    const below = inner ? fieldRows(inner, inner === shape ? `${name}.` : `${name}[].`) : [];
    return [[`${code(name)}${optional}`, type + fallback, shape.description ?? ''], ...below];
  });
}

const listed = ({ items }: ValueShape): ValueShape | undefined =>
  items && !items.named && items.properties ? items : undefined;
const listLimit = ({ maxItems }: ValueShape): string => (maxItems === undefined ? '' : `, at most ${maxItems}`);
