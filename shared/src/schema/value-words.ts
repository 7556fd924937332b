/** Pure. What a schema lets through, in words: type, bounds and choices; for `--help` and for docs/protocol.md. */
import { z } from 'zod';

/** The part of JSON Schema that our schemas come out as. */
export interface ValueShape {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ValueShape | false;
  readonly prefixItems?: readonly ValueShape[];
  readonly properties?: Readonly<Record<string, ValueShape>>;
  readonly required?: readonly string[];
  readonly propertyNames?: ValueShape;
  readonly additionalProperties?: ValueShape | false;
  readonly oneOf?: readonly ValueShape[];
  readonly anyOf?: readonly ValueShape[];
  /** A type that has a name of its own and is described elsewhere, under it. */
  readonly named?: string;
}

/**
 * A schema as what may be written, not as what is read: defaults are left out by whoever writes.
 * @param nameOf the name of a type that is described elsewhere; undefined for all others
 */
export function valueShape(
  schema: z.ZodType,
  nameOf: (schema: z.core.$ZodType) => string | undefined = () => undefined,
) {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const named = nameOf(zodSchema);
      if (named) jsonSchema['named'] = named;
    },
  }) as ValueShape;
}

/** How letters that stand for themselves, and named types, are set: plain in a terminal, as code or a link on a page. */
export interface Lettering {
  readonly letters: (text: string) => string;
  readonly named: (name: string) => string;
}
const plain: Lettering = { letters: (text) => text, named: (name) => name };

/** For example «whole number, 40 to 2000» or «one of debug, info, warn, error». */
export function valueWords(shape: ValueShape, set: Lettering = plain): string {
  if (shape.named) return set.named(shape.named);
  if (shape.const !== undefined) return set.letters(String(shape.const));
  if (shape.enum) return choices(shape.enum.map((one) => set.letters(String(one))));
  const several = shape.oneOf ?? shape.anyOf;
  if (several) return several.map((one) => valueWords(one, set)).join(', or ');
  switch (shape.type) {
    case 'string':
      return textWords(shape, set);
    case 'integer':
      return joined('whole number', range(chosen(shape.minimum), chosen(shape.maximum)));
    case 'number':
      return joined('number', range(shape.minimum, shape.maximum));
    case 'boolean':
      return 'true or false';
    case 'array':
      return listWords(shape, set);
    case 'object':
      return objectWords(shape, set);
    default:
      return 'anything';
  }
}

const choices = (all: readonly string[]): string => (all.length === 1 ? all[0]! : `one of ${all.join(', ')}`);
const joined = (what: string, limits: string): string => (limits ? `${what}, ${limits}` : what);
/** The largest whole number that JSON carries exactly is no bound that anybody has chosen. */
const chosen = (limit: number | undefined) => (Math.abs(limit ?? 0) === Number.MAX_SAFE_INTEGER ? undefined : limit);

function range(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return least === most ? `${least}` : `${least} to ${most}`;
  return least !== undefined ? `at least ${least}` : most !== undefined ? `at most ${most}` : '';
}

const formats: Readonly<Record<string, string>> = {
  uuid: 'UUID',
  'date-time': 'time (ISO 8601 in UTC)',
  date: 'date (YYYY-MM-DD)',
  uri: 'address (URL)',
  email: 'e-mail address',
};

function textWords(shape: ValueShape, set: Lettering): string {
  const known = formats[shape.format ?? ''];
  if (known) return known;
  const least = shape.minLength;
  const limits = least === 1 && shape.maxLength === undefined ? 'not empty' : range(least, shape.maxLength);
  const length = limits && limits !== 'not empty' ? `${limits} characters` : limits;
  if (shape.pattern === '^[A-Za-z0-9_-]*$') return joined('base64url', length);
  return joined('text', [length, shape.pattern && `like ${set.letters(shape.pattern)}`].filter(Boolean).join(', '));
}

function listWords({ items, prefixItems, minItems, maxItems }: ValueShape, set: Lettering): string {
  if (prefixItems) return `[${prefixItems.map((one) => valueWords(one, set)).join('; ')}]`;
  return joined(
    items ? `list of: ${valueWords(items, set)}` : 'list',
    range(minItems, maxItems) && `${range(minItems, maxItems)} of them`,
  );
}

function objectWords(
  { properties, required = [], propertyNames, additionalProperties }: ValueShape,
  set: Lettering,
): string {
  if (additionalProperties && !properties) {
    const name = propertyNames ? valueWords(propertyNames, set) : 'text';
    return `object of any names (${name}), each with: ${valueWords(additionalProperties, set)}`;
  }
  const fields = Object.entries(properties ?? {}).map(
    ([name, shape]) => `${set.letters(required.includes(name) ? name : `${name}?`)}: ${valueWords(shape, set)}`,
  );
  return fields.length === 0 ? 'nothing' : `{ ${fields.join('; ')} }`;
}
