/** Every link of the docs leads to a file, and to a heading of it, that is there. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--', '*.md'];
const pages = execFileSync('git', listed, { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((page) => page && existsSync(join(root, page)));
const textOf = (page: string) => readFileSync(join(root, page), 'utf8');
const prose = (text: string) => text.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '');

/** As GitHub makes them of headings. */
const anchors = (page: string) =>
  [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the docs', () => {
  for (const page of pages)
    it(`${page} has no link that leads nowhere`, () => {
      const links = [...prose(textOf(page)).matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map(([, link = '']) => link);
      expect(links.filter((link) => !leads(page, link))).toEqual([]);
    });

  it('name no file of theirs that is not there', () => {
    const named = pages.flatMap((page) => [...textOf(page).matchAll(/\bdocs\/[\w-]+\.md\b/g)].map(([file]) => file));
    expect([...new Set(named)].filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

function leads(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const to = file === '' ? page : join(dirname(page), file);
  if (!existsSync(join(root, to))) return false;
  return anchor === undefined || (statSync(join(root, to)).isFile() && anchors(to).includes(anchor));
}
