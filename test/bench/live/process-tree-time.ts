/** Processor time of a process with all its descendants, from the kernel. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;

/** @returns seconds; ended children count with their parent */
export function secondsOfTree(root: number): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), fieldsOf(name)] as const);
  const tree = new Set([root]);
  // A child may have a lower id than its parent, so the pass is repeated until the tree stops growing.
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
  // Fields: user, nice, system, idle, iowait, irq, softirq.
  return [0, 1, 2, 5, 6].reduce((sum, at) => sum + Number(spent[at] ?? 0), 0) / ticks;
}

/** The fields of `stat` after the name: state, parent, … utime, stime, and both of the children that were waited for. */
function fieldsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    // The process has ended.
    return [];
  }
}
