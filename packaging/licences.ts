/** Pure. The text that says what of others is in a package, and under which licence. */
import type { Part } from './parts.ts';

/** @param about what the text is for, such as `nattfrid-agent 0.1.0` */
export function licencesText(about: string, parts: readonly Part[]): string {
  const line = '='.repeat(79);
  const list = parts.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  const texts = parts.map(
    ({ name, version, licence, texts: own }) =>
      `${line}\n${name} ${version} (${licence})\n${line}\n\n${own.join('\n\n')}\n`,
  );
  return `What others have written that is in ${about}, and under which licence.\n\n${list.join('\n')}\n\n${texts.join('\n')}`;
}
