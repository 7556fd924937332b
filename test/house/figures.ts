/** `npm run figures`: counts files, lines and circles of imports, and writes them into docs/architecture.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withFigures } from '@nattfrid/evaluation/score/doc';
import { table } from '@nattfrid/evaluation/score/table';
import { betweenFolders, folderOf, readHouse } from './imports.ts';
import { circles, floors } from './tower.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const document = `${root}/docs/architecture.md`;
const parts = [
  ['agent', 'agent/src'],
  ['relay', 'relay/src'],
  ['console', 'relay/console/src'],
  ['authority', 'relay/authority'],
  ['shared', 'shared/src'],
  ['models', 'models'],
  ['packaging', 'packaging'],
  ['scripts', 'scripts'],
  ['simulator', 'test/simulator'],
  ['evaluation', 'test/evaluation'],
  ['bench', 'test/bench'],
  ['stand-ins', 'test/stand-ins'],
] as const;

const { files, imports } = readHouse(root, (file) => parts.some(([, folder]) => file.startsWith(`${folder}/`)));
const arrows = betweenFolders(imports);

const lines = new Map(files.map((file) => [file, readFileSync(`${root}/${file}`, 'utf8').split('\n').length - 1]));
const quantile = (counts: readonly number[], share: number) =>
  counts[Math.min(counts.length - 1, Math.floor(share * counts.length))]!;

function row(name: string, own: readonly string[]): readonly string[] {
  const counts = own.map((file) => lines.get(file)!).sort((a, b) => a - b);
  const longest = own.find((file) => lines.get(file) === counts.at(-1))!;
  const folders = [...new Set(own.map(folderOf))];
  const largest = (found: readonly (readonly string[])[]) => String(found[0]?.length ?? 0);
  return [
    name,
    String(own.length),
    String(quantile(counts, 0.5)),
    String(quantile(counts, 0.9)),
    `${counts.at(-1)} ${longest}`,
    largest(circles(own, imports)),
    largest(circles(folders, arrows)),
  ];
}

const head = ['', 'files', 'median', '90 % under', 'longest', 'circle of files', 'of folders'];
const rows = parts.map(([name, folder]) =>
  row(
    name,
    files.filter(
      (file) =>
        file.startsWith(`${folder}/`) &&
        folderOf(file).startsWith(folder) &&
        !parts.some(([, inner]) => inner !== folder && inner.startsWith(`${folder}/`) && file.startsWith(`${inner}/`)),
    ),
  ),
);
const figures = table([head, ...rows, row('all', files)]);

const tower = (folder: string): string => {
  const own = [...new Set(files.filter((file) => file.startsWith(`${folder}/`)).map(folderOf))];
  const short = (one: string) => (one === folder ? '(the program)' : one.slice(folder.length + 1));
  return floors(own, arrows)
    .map((one, floor) => `${String(floor).padStart(2)}  ${one.map(short).join(' · ')}`)
    .toReversed()
    .join('\n');
};

const towers = (['agent/src', 'relay/src', 'relay/console/src', 'shared/src'] as const)
  .map((folder) => `${folder}\n${tower(folder)}`)
  .join('\n\n');
const written = withFigures(withFigures(readFileSync(document, 'utf8'), 'figures', figures), 'floors', towers);
writeFileSync(document, written);
console.log(`${figures}\n\n${towers}`);
