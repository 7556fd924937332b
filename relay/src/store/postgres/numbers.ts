/** Pure. What PostgreSQL sends, as SQLite gives it: a count is a number, and so is a truth. */
import pg from 'pg';

/** pg_type.oid of PostgreSQL. */
const oids = { truth: 16, integer: 20, decimal: 1700 };

/** @throws where it is larger than a number can say exactly: nothing is rounded unseen */
export function safeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`PostgreSQL sent ${text}, which no number says exactly.`);
  return number;
}

/** `sum` of integers is a decimal without a point. */
const decimal = (text: string): number => (text.includes('.') ? Number(text) : safeInteger(text));

const own: Readonly<Record<number, (text: string) => number>> = {
  [oids.truth]: (text) => (text === 't' ? 1 : 0),
  [oids.integer]: safeInteger,
  [oids.decimal]: decimal,
};

export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') => own[oid] ?? pg.types.getTypeParser(oid, format)) as never,
};
