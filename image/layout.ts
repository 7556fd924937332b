/** Pure. Where everything lies on a unit's card: the partitions, their fixed names, and how large they are. */

/** 2^20 bytes. */
export const mib = 1024 * 1024;

/** One partition. Its `id` is the same on every card: what starts it finds it by that, and two builds are the same. */
export interface Partition {
  readonly name: string;
  readonly number: number;
  /** Bytes, a multiple of 1 MiB. */
  readonly size: number;
  /** GPT's kind, in the short form of sgdisk. */
  readonly kind: 'EF00' | '8300';
  readonly id: string;
}

const id = (number: number) => `6e617474-6672-4964-8000-00000000000${number}`;

/** Of the whole card. */
export const diskId = '6e617474-6672-4964-8000-0000000000ff';

/** In their order on the card. The boot loader counts them: a number never changes. */
export const partitions = [
  { name: 'esp', size: 32 * mib, kind: 'EF00' },
  { name: 'boot-state', size: 2 * mib, kind: '8300' },
  { name: 'boot-a', size: 96 * mib, kind: '8300' },
  { name: 'root-a', size: 512 * mib, kind: '8300' },
  { name: 'boot-b', size: 96 * mib, kind: '8300' },
  { name: 'root-b', size: 512 * mib, kind: '8300' },
  { name: 'key', size: 2 * mib, kind: '8300' },
  { name: 'state', size: 704 * mib, kind: '8300' },
].map((one, index) => ({ ...one, number: index + 1, id: id(index + 1) })) as readonly Partition[];

/** A partition, and where it begins. */
export interface Placed extends Partition {
  /** Bytes from the card's first. */
  readonly start: number;
}

/** Where each partition begins: one after the other, the first after 1 MiB of table. */
export function placed(all: readonly Partition[] = partitions): readonly Placed[] {
  let start = mib;
  return all.map((one) => {
    const here = { ...one, start };
    start += one.size;
    return here;
  });
}

/** Bytes of the whole card: the partitions, and a table at either end. */
export function diskSize(all: readonly Partition[] = partitions): number {
  return all.reduce((sum, { size }) => sum + size, 2 * mib);
}

/**
 * The partition of that name.
 * @throws TypeError where there is none: a mistake in the program.
 */
export function partition(name: string): Placed {
  const found = placed().find((one) => one.name === name);
  if (!found) throw new TypeError(`there is no partition «${name}»`);
  return found;
}

/** Arguments that make the table with sgdisk, on a file or a card of {@link diskSize} bytes. */
export function tableArguments(): readonly string[] {
  return [
    '--clear',
    `--disk-guid=${diskId}`,
    ...placed().flatMap(({ number, start, size, kind, id, name }) => [
      `--new=${number}:${start / 512}:${(start + size) / 512 - 1}`,
      `--typecode=${number}:${kind}`,
      `--partition-guid=${number}:${id}`,
      `--change-name=${number}:${name}`,
    ]),
  ];
}
