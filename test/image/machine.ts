/** A board played by qemu without any help of the processor: an image starts on it, and what it writes on its serial line is read here. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Architecture } from '../../image/architecture.ts';
import type { Tool } from '../../image/tools.ts';

/** What boots: the card, and what else is plugged in. */
export interface Board {
  readonly architecture: Architecture;
  /** The card's image; it is written to. */
  readonly card: string;
  /** A second, read-only medium. */
  readonly drive?: string;
  /** Each line of the serial line, as it comes. */
  readonly said?: (line: string) => void;
}

/** A board that is powered. */
export interface Running extends AsyncDisposable {
  /** Every line so far. */
  readonly lines: readonly string[];
  /** Seconds since it has power. */
  seconds(): number;
  /**
   * The first line from the given one on that matches.
   * @param from index of a line; the first by default
   * @throws Error with the last lines where none has come after `seconds`, or the board has ended
   */
  line(pattern: RegExp, seconds: number, from?: number): Promise<string>;
  /** The power is cut, as abruptly as a plug is pulled. */
  cut(): Promise<void>;
  /** Until the board switches itself off. @throws Error where it has not after `seconds` */
  ended(seconds: number): Promise<void>;
}

const boards = {
  amd64: {
    program: 'qemu-system-x86_64',
    firmware: '/usr/share/ovmf/OVMF.fd',
    args: ['-machine', 'q35', '-cpu', 'max', '-device', 'i6300esb'],
  },
  arm64: {
    program: 'qemu-system-aarch64',
    firmware: '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd',
    args: ['-machine', 'virt,gic-version=max', '-cpu', 'cortex-a72', '-device', 'i6300esb'],
  },
} as const;

/** What a board of that kind is played with. */
export const machineTools = ({ name }: Architecture): readonly Tool[] =>
  name === 'amd64'
    ? [
        { program: 'qemu-system-x86_64', debian: 'qemu-system-x86' },
        { program: boards.amd64.firmware, debian: 'ovmf' },
      ]
    : [
        { program: 'qemu-system-aarch64', debian: 'qemu-system-arm' },
        { program: boards.arm64.firmware, debian: 'qemu-efi-aarch64' },
      ];

/** Gives the board power. What the machine that runs this listens on is reached as 10.0.2.2, and nothing comes in. */
export function power(board: Board): Running {
  const { program, firmware, args } = boards[board.architecture.name];
  const drives = [
    ...['-drive', `if=none,id=card,format=raw,file=${board.card},cache=writethrough,discard=unmap`],
    ...['-device', 'virtio-blk-pci,drive=card,serial=card,bootindex=1'],
    ...(board.drive
      ? [
          ...['-drive', `if=none,id=drive,format=raw,readonly=on,file=${board.drive}`],
          ...['-device', 'virtio-blk-pci,drive=drive,serial=drive'],
        ]
      : []),
  ];
  const child = spawn(
    program,
    [
      ...args,
      ...['-accel', 'tcg,thread=multi', '-smp', '2', '-m', '1024', '-bios', firmware],
      ...drives,
      ...['-netdev', 'user,id=net', '-device', 'virtio-net-pci,netdev=net,romfile='],
      ...['-device', 'virtio-rng-pci', '-display', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return new RunningBoard(child, board.said);
}

/** The same of any program whose lines are those of a board. Its end is the power's. */
export const watched = (child: ChildProcess, said?: (line: string) => void): Running => new RunningBoard(child, said);

class RunningBoard implements Running {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #began = performance.now();
  readonly #waiting = new Set<() => void>();
  #over = false;

  constructor(child: ChildProcess, said?: (line: string) => void) {
    this.#child = child;
    let rest = '';
    const take = (bytes: Buffer) => {
      rest += bytes.toString('latin1');
      const parts = rest.split(/\r*\n/);
      rest = parts.pop() ?? '';
      for (const part of parts) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the firmware paints its screen
        const line = part.replace(/\x1b\[[0-9;?=]*[A-Za-z]|\x1b[()][A-Z0-9]|[\x00-\x08\x0b-\x1f]/g, '');
        this.lines.push(line);
        said?.(line);
      }
      for (const wake of [...this.#waiting]) wake();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('close', () => {
      this.#over = true;
      for (const wake of [...this.#waiting]) wake();
    });
  }

  seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  async line(pattern: RegExp, seconds: number, from = 0): Promise<string> {
    const until = performance.now() + seconds * 1000;
    let next = from;
    for (;;) {
      for (; next < this.lines.length; next++) {
        const line = this.lines[next]!;
        if (pattern.test(line)) return line;
      }
      if (this.#over) throw new Error(`the board has ended before ${pattern}:\n${this.lines.slice(-30).join('\n')}`);
      const left = until - performance.now();
      if (left <= 0) throw new Error(`no ${pattern} within ${seconds} s:\n${this.lines.slice(-30).join('\n')}`);
      await this.#more(left);
    }
  }

  async cut(): Promise<void> {
    if (this.#over) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }

  async ended(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1000;
    while (!this.#over) {
      const left = until - performance.now();
      if (left <= 0) throw new Error(`the board is still on after ${seconds} s`);
      await this.#more(left);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
  }

  #more(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#waiting.add(wake);
    });
  }
}
