/** A log that keeps its lines, for tests that read them. */
import type { Logger } from '@nattfrid/shared/log/logger';

export function openLines(): Logger & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const line = (sentence: string, fields?: object) => void lines.push(`${sentence} ${JSON.stringify(fields ?? {})}`);
  const log = { lines, debug: line, info: line, warn: line, error: line, child: () => log };
  return log;
}
