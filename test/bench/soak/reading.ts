/** What a running process and its children hold of the machine, from the kernel. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Reading {
  /** Resident memory in MB. */
  readonly megabytes: number;
  /** Of it what belongs to the process alone (no files, nothing shared), in MB. */
  readonly own: number;
  readonly descriptors: number;
  readonly threads: number;
  /** Seconds of processor time since the process began. */
  readonly processor: number;
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;

/** @throws Error where the process is gone */
export function readProcess(pid: number): Reading {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const figure = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[A-Z] )/);
  const times = fields.split(' ').slice(11, 13).map(Number);
  return {
    megabytes: (figure('VmRSS') * 1024) / 1e6,
    own: (figure('RssAnon') * 1024) / 1e6,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    threads: figure('Threads'),
    processor: times.reduce((all, one) => all + one, 0) / ticks,
  };
}

/** The process that this one started for its decoder, as it is now; undefined between two of them. */
export function decoderOf(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.map(Number).find((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('rawvideo'));
}
