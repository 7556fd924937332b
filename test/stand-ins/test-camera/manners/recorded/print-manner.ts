/** Pure. A manner as a line of the table, in the source's own form. */
import type { Manner } from '../manner.ts';

export const printManner = (manner: Manner): string => `${print(manner)},`;

function print(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  if (typeof value === 'string')
    return `'${value.replace(/[\\']/g, '\\$&').replace(/\r/g, '\\r').replace(/\n/g, '\\n')}'`;
  if (value === null || typeof value !== 'object') return String(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{ ${fields.map(([name, one]) => `${/^[a-z_$][\w$]*$/i.test(name) ? name : print(name)}: ${print(one)}`).join(', ')} }`;
}
