/** Pure. «A picture of nothing»: when pictures came, how many bytes each had and how old they were, drawn with letters. No pixel is in it. */
import { type Duration, milliseconds, printDuration } from '@nattfrid/shared/time/duration';
import type { SeenPicture } from './seen-picture.ts';
import type { Watched } from './watch-camera.ts';

const columns = 60;
const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const nothing = '·';

/** @returns lines of 80 characters at most; a column without a picture is a dot */
export function drawing({ pictures, length }: Watched): readonly string[] {
  if (pictures.length === 0) return [];
  const slot = Math.max(length, 1) / columns;
  const slots: SeenPicture[][] = Array.from({ length: columns }, () => []);
  for (const one of pictures) slots[Math.min(columns - 1, Math.floor(one.arrived / slot))]?.push(one);
  const most = (of: (one: SeenPicture) => number) => (all: readonly SeenPicture[]) =>
    all.reduce((largest, one) => Math.max(largest, of(one)), 0);
  const counts = slots.map((all) => all.length);
  const bytes = slots.map(most((one) => one.bytes));
  const ages = slots.map(most((one) => one.age));
  const row = (name: string, values: readonly number[], scale: string) =>
    `${name.padEnd(9)}${bars(values, slots)} ${scale}`;
  return [
    row('pictures', counts, `${Math.max(...counts)} at most`),
    `${'key'.padEnd(9)}${slots.map((all) => (all.length === 0 ? nothing : all.some((one) => one.key) ? '|' : ' ')).join('')}`,
    row('size', bytes, `${Math.ceil(Math.max(...bytes) / 1000)} kB`),
    row('age', ages, printDuration(milliseconds(Math.max(...ages)))),
    `${' '.repeat(9)}${axis(length)}`,
  ];
}

function bars(values: readonly number[], slots: readonly (readonly SeenPicture[])[]): string {
  const top = Math.max(...values, 1);
  const height = (value: number) =>
    blocks[Math.min(blocks.length - 1, Math.floor((value / top) * blocks.length))] ?? '';
  return values.map((value, index) => (slots[index]?.length ? height(value) : nothing)).join('');
}

function axis(length: Duration): string {
  const end = printDuration(length);
  const middle = printDuration(milliseconds(length / 2));
  return `0${middle.padStart(columns / 2 + middle.length - 1)}`.padEnd(columns - end.length) + end;
}
