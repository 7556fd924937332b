/** Stand-in home and relay for demo, tests and bench: keys, plan, room and camera, with agent and relay as real processes. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unitKeyOf } from '@nattfrid/agent/store/unit-key';
import { Plan } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { VoucherLetter } from '@nattfrid/shared/wire/console-proof';
import type { LogIn } from '../staff/desk-client.ts';
import { environment, nodeFlags } from './as-on-the-unit.ts';
import { alias, unit } from './client.ts';
import { aPlan, sendPlan } from './plan.ts';
import { type LogLine, type Program, startProgram } from './program.ts';
import { register, registerBy } from './registration.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const file = (...path: string[]) => join(root, ...path);

/** The relay's program. */
export const relayMain = file('relay/src/main.ts');

export interface Home extends AsyncDisposable {
  readonly address: string;
  readonly logIns: readonly [operator: LogIn, coordinator: LogIn];
  /** The processes that run now. */
  readonly relay: Program;
  readonly agent: Program;
  /** Starts the program again once it has ended, with the same disk and port. */
  startRelay(): Promise<Program>;
  startAgent(): Program;
  /** Sends a new plan as a coordinator: `aPlan` with these changes. @returns its version */
  replan(changes: Partial<Plan>): Promise<number>;
  /** Of the relay. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Folder of the unit's database. */
  readonly data: string;
  /** Of the unit, base64url. */
  readonly publicKey: string;
  /** Vouches for a console with the municipality's key. */
  vouch(console: string): Promise<VoucherLetter>;
}

export interface HomeSettings {
  /** An empty folder of its own; the caller's to remove. */
  readonly folder: string;
  readonly camera: string;
  /** Settings of the camera beside its address. */
  readonly cameraSettings?: Readonly<Record<string, unknown>>;
  readonly room: Room;
  /** 0: any free port. */
  readonly port: number;
  /** What the plan says in place of `aPlan`. */
  readonly plan?: Partial<Plan>;
  /** Settings of the unit beside those of its camera, such as a switch or a lamp. */
  readonly unitSettings?: Readonly<Record<string, unknown>>;
  /** Settings of the relay in place of its own. */
  readonly relaySettings?: Readonly<Record<string, unknown>>;
  /** Commands that start a program in place of the clone's; a relay of its own makes its own database. */
  readonly programs?: { readonly relay?: string | undefined; readonly agent?: string | undefined };
  /** A command that wraps the program, such as a tracer. */
  readonly through?: (program: 'relay' | 'agent') => readonly string[];
  /** Puts a tapped wire between unit and relay. @returns the address for the unit's settings */
  readonly wire?: (address: string) => Promise<string>;
  readonly show?: (program: 'relay' | 'agent', line: LogLine) => void;
}

export async function openHome(given: HomeSettings): Promise<Home> {
  const { folder, camera, room, port, programs: own = {}, show = () => {}, through = () => [] } = given;
  await using stack = new AsyncDisposableStack();
  const municipality = await makeSignKey();
  const planKey = toBase64Url(municipality.publicKey);
  const logIns = [
    { email: 'operator@nattfrid.example', password: password(), name: 'Olle Operatör', role: 'operator' },
    { email: 'samordnare@nattfrid.example', password: password(), name: 'Siv Samordnare', role: 'coordinator' },
  ] as const;

  const data = join(folder, 'unit');
  const publicKey = toBase64Url(await unitKeyOf(data));
  const settings = {
    host: '127.0.0.1',
    database: join(folder, 'relay.sqlite'),
    console: file('relay/console/dist'),
    secret: randomBytes(24).toString('base64url'),
    planKeys: { demo: planKey },
    personalKey: personalKeyIn(folder),
    ...given.relaySettings,
  };
  const files = { relay: join(folder, 'relay.json'), unit: join(folder, 'unit.json') };
  write(files.relay, { ...settings, port });
  const token = own.relay
    ? registerBy(own.relay, files.relay, publicKey, logIns)
    : await register(settings, publicKey, logIns);
  const programs = stack.use(new AsyncDisposableStack());
  const startRelay = async () => {
    const program = programs.use(
      startProgram(
        own.relay ? [own.relay] : relayMain,
        ['--config', files.relay],
        {},
        (line) => show('relay', line),
        through('relay'),
      ),
    );
    // A node of several has its own front, which answers before any of them is main.
    const front = 'bus' in settings ? await program.said('The node is open') : undefined;
    const open = await program.said('The relay is open');
    return { program, address: String((front ?? open)['url']) };
  };
  const startAgent = () =>
    programs.use(
      startProgram(
        own.agent ? [own.agent] : file('agent/src/main.ts'),
        ['--config', files.unit],
        own.agent ? {} : { ...environment, NODE_OPTIONS: nodeFlags.join(' ') },
        (line) => show('agent', line),
        through('agent'),
      ),
    );

  const { program, address } = await startRelay();
  // A restarted relay keeps the port, as the unit and the browsers know it.
  write(files.relay, { ...settings, port: Number(new URL(address).port) });
  let version = 0;
  const replan = async (changes: Partial<Plan>) => {
    const plan = Plan.parse({ ...aPlan(), unitKey: publicKey, ...changes, version: ++version });
    await sendPlan(address, logIns[1], await signPlan(plan, municipality.privateKey));
    return version;
  };
  await replan(given.plan ?? {});
  const reached = given.wire ? await given.wire(address) : address;
  write(files.unit, {
    unit,
    alias,
    relay: reached,
    token,
    planKey,
    camera: { url: camera, place: 'Sovrum', ...given.cameraSettings },
    room,
    data,
    ...given.unitSettings,
  });
  const running = { relay: program, agent: startAgent() };
  const owned = stack.move();
  return {
    address,
    logIns,
    settings,
    data,
    publicKey,
    vouch: (console) => {
      const now = systemClock.now();
      const validUntil = printInstant(after(now, hours(24)));
      const voucher = { console, place: 'Larmcentralen 1', validFrom: printInstant(after(now, hours(-1))), validUntil };
      return signVoucher(voucher, municipality.privateKey);
    },
    replan,
    get relay() {
      return running.relay;
    },
    get agent() {
      return running.agent;
    },
    async startRelay() {
      await running.relay.ended;
      return (running.relay = (await startRelay()).program);
    },
    startAgent: () => (running.agent = startAgent()),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function write(path: string, content: object): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content, null, 2), { mode: 0o600 });
  return path;
}

/** Fresh each time: a demo on a reachable port must not have a well-known password. */
const password = () => randomBytes(9).toString('base64url');

/** Made once: a folder that is used again has clients that were sealed under it. */
function personalKeyIn(folder: string): string {
  const key = join(folder, 'personal.key');
  if (!existsSync(key)) writeFileSync(key, randomBytes(32), { mode: 0o600 });
  return key;
}
