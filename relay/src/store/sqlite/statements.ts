/** Prepared statements of one connection, kept for the next time: the relay asks the same few hundred questions all night. */

export interface Prepared<Statement> {
  readonly statement: Statement;
  /** It answers with rows. */
  readonly reader: boolean;
}

/** Lists of many lengths (`in (?, ?, …)`) are texts of their own: the longest unused goes first. */
const kept = 400;
/** Whatever may change what a statement means. A pragma that is only asked changes nothing, and one is asked each second. */
const changing = /^\s*(?:create|alter|drop|vacuum|attach|detach)\b|^\s*pragma\b.*=/i;

/** @returns the statement of this text. Each must have been run to its end before the same text is asked again. */
export function openStatements<Statement extends { columns(): readonly unknown[] }>(database: {
  prepare(text: string): Statement;
}): (text: string) => Prepared<Statement> {
  const all = new Map<string, Prepared<Statement>>();
  const prepare = (text: string): Prepared<Statement> => {
    const statement = database.prepare(text);
    return { statement, reader: statement.columns().length > 0 };
  };
  return (text) => {
    if (changing.test(text)) {
      all.clear();
      return prepare(text);
    }
    const one = all.get(text) ?? prepare(text);
    // The newest stands last.
    all.delete(text);
    all.set(text, one);
    const [oldest] = all.keys();
    if (all.size > kept && oldest !== undefined) all.delete(oldest);
    return one;
  };
}
