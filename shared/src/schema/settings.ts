/** Pure. The settings of a program, out of the schema that checks them: for its `--help`. */
import type { z } from 'zod';
import { type ValueShape, valueShape, valueWords } from './value-words.ts';

export interface Setting {
  /** Dotted where it lies within another: `camera.url`. */
  readonly name: string;
  /** Type and bounds. */
  readonly value: string;
  /** Where it is left out; undefined: it is needed, or nothing takes its place. */
  readonly fallback: string | undefined;
  readonly needed: boolean;
  readonly words: string;
}

/** An object without words of its own is a group, whose settings are listed one by one. */
export function settingsOf(schema: z.ZodType): readonly Setting[] {
  return within(valueShape(schema), '');
}

/** Two lines of a `--help`. @param title how the setting is given, such as `--port VALUE (NATTFRID_PORT)` */
export function settingLines({ value, fallback, needed, words }: Setting, title: string): string {
  const rest = fallback !== undefined ? `; default ${fallback}` : needed ? '; needed' : '';
  return `  ${title}\n        ${words}\n        ${value}${rest}`;
}

function within({ properties = {}, required = [] }: ValueShape, group: string): readonly Setting[] {
  return Object.entries(properties).flatMap(([key, shape]) => {
    const name = `${group}${key}`;
    if (shape.properties && shape.description === undefined) return within(shape, `${name}.`);
    const fallback = shape.default === undefined ? undefined : fallbackWords(shape.default);
    const value = shape.properties ? 'object' : valueWords(shape);
    return [{ name, value, fallback, needed: required.includes(key), words: shape.description ?? '' }];
  });
}

const fallbackWords = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : typeof value === 'object' ? 'nothing' : String(value);
