/** Descendants, limits and open sockets of processes, from /proc. Linux only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** A process and its descendants. */
export function familyOf(pid: number): readonly number[] {
  const children = tasksOf(pid).flatMap((task) => read(`/proc/${pid}/task/${task}/children`).trim().split(/\s+/));
  return [pid, ...children.filter(Boolean).flatMap((child) => familyOf(Number(child)))];
}

const tasksOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
};

export const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
/** Limit of its core dump, «soft/hard» in bytes. */
export const coreLimitOf = (pid: number): string =>
  /^Max core file size\s+(\S+)\s+(\S+)/m
    .exec(read(`/proc/${pid}/limits`))
    ?.slice(1)
    .join('/') ?? 'unknown';
/** Bit mask of the kinds of memory in its core dump; 0: none. */
export const coreFilterOf = (pid: number): number => Number.parseInt(read(`/proc/${pid}/coredump_filter`), 16);

/** «tcp 127.0.0.1:4711», «tcp listens on …», «udp …» for every internet socket that these processes have open. */
export function socketsOf(pids: readonly number[]): readonly string[] {
  const inodes = new Set(pids.flatMap(socketInodes));
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap((kind) =>
    read(`/proc/net/${kind}`)
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => inodes.has(fields[9] ?? ''))
      .map(([, local = '', remote = '', state]) =>
        state === '0A' ? `${kind} listens on ${address(local)}` : `${kind} ${address(remote)}`,
      ),
  );
}

function socketInodes(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.slice(1) ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** «0100007F:1F90» as 127.0.0.1:8080; longer ones as they are. */
function address(hex: string): string {
  const [host = '', port = ''] = hex.split(':');
  const parts =
    host.length === 8
      ? host
          .match(/../g)
          ?.reverse()
          .map((part) => Number.parseInt(part, 16))
          .join('.')
      : host;
  return `${parts}:${Number.parseInt(port, 16)}`;
}

/** The children of a process that decode its camera. */
export const decodersOf = (pid: number): readonly number[] =>
  familyOf(pid).filter((one) => commandOf(one).includes('-f matroska -i pipe:0'));
