/** Processor time and resident memory of this process and its decoder, from the kernel. Linux only: elsewhere the decoder is left out. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Load {
  /** Seconds of processor time since the process began. */
  readonly agent: number;
  readonly decoder: number;
  /** Resident memory of both in MB. */
  readonly megabytes: number;
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;

/** The meter keeps the last reading of each decoder, as an ended process has none. */
export function loadMeter(): () => Load {
  const used = new Map<string, number>();
  return () => {
    const decoders = childrenOf(process.pid).filter((pid) => textOf(pid, 'cmdline').includes('pipe:0'));
    for (const pid of decoders) used.set(pid, secondsOf(pid));
    const { user, system } = process.cpuUsage();
    const rss = decoders.reduce((all, pid) => all + residentOf(pid), process.memoryUsage.rss());
    return {
      agent: (user + system) / 1e6,
      decoder: [...used.values()].reduce((all, one) => all + one, 0),
      megabytes: rss / 1e6,
    };
  };
}

const childrenOf = (parent: number): readonly string[] =>
  folders('/proc').filter((pid) => /^\d+$/.test(pid) && afterName(pid)[1] === String(parent));

const secondsOf = (pid: string): number => {
  const fields = afterName(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticks;
};

const residentOf = (pid: string): number => Number(/VmRSS:\s+(\d+)/.exec(textOf(pid, 'status'))?.[1] ?? 0) * 1024;

/** The fields of `stat` after the name, which may hold blanks itself: state first, then the parent. */
const afterName = (pid: string): readonly string[] => textOf(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];

function textOf(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // The process has ended, or this is no Linux.
    return '';
  }
}

function folders(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
