/**
 * Pure. Structured logger: a static sentence and fields.
 * Level by two questions: who is it for (developer: debug; operations: info and up), and how much is hit
 * (one operation: warn; a feature: error). No picture, no person, no password in any of them.
 */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Logger {
  debug(sentence: string, fields?: Fields): void;
  info(sentence: string, fields?: Fields): void;
  warn(sentence: string, fields?: Fields): void;
  error(sentence: string, fields?: Fields): void;
  /** A logger for one part of the program, named in every line. */
  child(part: string): Logger;
}

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
