/** Child processes by name, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Includes zombies. */
export function childrenOf(parent: number, name: string): readonly number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const [, command = '', rest = ''] =
          /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return command === name && Number(rest.split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}
