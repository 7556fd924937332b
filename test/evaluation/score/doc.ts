/** Pure. Writes figures into a document between two marks, so that no figure is copied by hand. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** @throws Fault `file-unreadable` where the marks are missing */
export function withFigures(document: string, name: string, figures: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from)
    throw new Fault('file-unreadable', `The document has no place for figures: ${begin} and ${end} belong there.`);
  return `${document.slice(0, from + begin.length)}\n\`\`\`\n${figures.trim()}\n\`\`\`\n${document.slice(to)}`;
}
