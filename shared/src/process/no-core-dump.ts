/**
 * Nothing that is in memory goes to a disk when this program, or a child that it started, dies: the agent's memory holds raw
 * pictures, the relay's holds sealed pictures and the sessions of staff.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Two walls. The limit stops the kernel from writing a file. Where the kernel hands dumps to a program instead (a core_pattern
 * with «|»), which the limit does not stop, an empty filter leaves no memory in them. Children inherit both.
 * @returns which of the two the kernel says are in force now
 */
export function forbidCoreDumps(): { readonly limit: boolean; readonly filter: boolean } {
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' });
  } catch {
    // Not every system has prlimit; what is in force is read below.
  }
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // As above.
  }
  return {
    limit: /^Max core file size\s+0\s+0\s/m.test(read('/proc/self/limits')),
    filter: /^0+$/.test(read('/proc/self/coredump_filter').trim()),
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
