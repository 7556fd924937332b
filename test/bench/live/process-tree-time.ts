/** Processor time of a program and all that it has started, as the kernel counts it. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;

/** Seconds since each of them began; children that have ended and were waited for are counted with their parent. */
export function secondsOfTree(root: number): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), fieldsOf(name)] as const);
  const tree = new Set([root]);
  // A child may have a lower number than its parent: as often as there are generations.
  for (let before = 0; before < tree.size; ) {
    before = tree.size;
    for (const [pid, fields] of all) if (tree.has(Number(fields[1]))) tree.add(pid);
  }
  const used = all.filter(([pid]) => tree.has(pid)).flatMap(([, fields]) => fields.slice(11, 15).map(Number));
  return used.reduce((sum, one) => sum + one, 0) / ticks;
}

/** Seconds of processor time that the whole machine has spent since it began, on all its cores. */
export function secondsOfMachine(): number {
  const [, ...spent] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/) ?? [];
  // User, nice, system; then idle and waiting for disks, which are none; then interrupts.
  return [0, 1, 2, 5, 6].reduce((sum, at) => sum + Number(spent[at] ?? 0), 0) / ticks;
}

/** The fields of `stat` after the name: state, parent, … utime, stime, and both of the children that were waited for. */
function fieldsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    // It has ended.
    return [];
  }
}
