/** What Linux says of a process: its resident memory, and the time of the processor that it has used. */
import { readFileSync } from 'node:fs';

/** Bytes (VmRSS). */
export const residentOf = (pid: number): number =>
  1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);

/** ms of processor, of its own and for it (proc(5): utime and stime, in hundredths of a second). */
export function cpuOf(pid: number): number {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(words[11]) + Number(words[12])) * 10;
}
