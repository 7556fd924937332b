/** One home and one relay for a demo: keys, plan, room, camera, and both programs as real processes. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unitKeyOf } from '@nattfrid/agent/store/unit-key';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { timeOfDay } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { VoucherLetter } from '@nattfrid/shared/wire/console-proof';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { type LogIn, signIn } from '../staff/desk-client.ts';
import { environment, nodeFlags } from './as-on-the-unit.ts';
import { type LogLine, type Program, startProgram } from './program.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const file = (...path: string[]) => join(root, ...path);

export interface Home extends AsyncDisposable {
  readonly address: string;
  readonly logIns: readonly [operator: LogIn, coordinator: LogIn];
  /** The ones that run now. */
  readonly relay: Program;
  readonly agent: Program;
  /** Starts it again, over the same disk, on the same port, once it has ended. */
  startRelay(): Promise<Program>;
  startAgent(): Program;
  /** Agrees on another plan from now on: `aPlan` with these changes, as a coordinator sends it. @returns its version */
  replan(changes: Partial<Plan>): Promise<number>;
  /** Where the unit keeps its words. */
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
  readonly room: Room;
  /** 0: any that is free. */
  readonly port: number;
  /** What the plan says in place of `aPlan`. */
  readonly plan?: Partial<Plan>;
  /** Settings of the relay in place of its own. */
  readonly relaySettings?: Readonly<Record<string, unknown>>;
  /** A program that runs each of ours, such as a tracer. */
  readonly through?: (program: 'relay' | 'agent') => readonly string[];
  /** Where the unit is told that the relay is, if it is not to be the relay itself: a wire that is listened to. */
  readonly wire?: (address: string) => Promise<string>;
  readonly show?: (program: 'relay' | 'agent', line: LogLine) => void;
}

export const unit = 'enhet-1' as UnitId;
const alias = 'Björken 3';

export async function openHome(given: HomeSettings): Promise<Home> {
  const { folder, camera, room, port, show = () => {}, through = () => [] } = given;
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
    ...given.relaySettings,
  };
  const token = await register(settings, publicKey, logIns);

  const files = { relay: join(folder, 'relay.json'), unit: join(folder, 'unit.json') };
  write(files.relay, { ...settings, port });
  const programs = stack.use(new AsyncDisposableStack());
  const startRelay = async () => {
    const program = programs.use(
      startProgram(
        file('relay/src/main.ts'),
        ['--config', files.relay],
        {},
        (line) => show('relay', line),
        through('relay'),
      ),
    );
    return { program, address: String((await program.said('The relay is open'))['url']) };
  };
  const startAgent = () =>
    programs.use(
      startProgram(
        file('agent/src/main.ts'),
        ['--config', files.unit],
        { ...environment, NODE_OPTIONS: nodeFlags.join(' ') },
        (line) => show('agent', line),
        through('agent'),
      ),
    );

  const { program, address } = await startRelay();
  // Whatever port it got is its port from now on: the unit and the browsers know it by that.
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
    camera: { url: camera, place: 'Sovrum' },
    room,
    data,
  });
  const running = { relay: program, agent: startAgent() };
  const owned = stack.move();
  return {
    address,
    logIns,
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

/** Before the relay runs: its people and its unit, through the same doors that its command line uses. */
async function register(given: object, publicKey: string, people: readonly LogIn[]): Promise<string> {
  const settings = checkSettings({ ...given, port: 0 });
  if (settings instanceof Fault) throw settings;
  await using relay = await openRelay(settings, { clock: systemClock, log: silent, newId: randomUUID });
  for (const { email, name, role, password: secret } of people) {
    const added = await relay.addOperator({ email, name, role }, secret);
    if (added instanceof Fault) throw added;
  }
  const added = await relay.addUnit({ unit, client: alias, publicKey });
  if (added instanceof Fault) throw added;
  return added.token;
}

/** A plan for tonight: a window that is open now, every alarm, looks for alarms. */
export function aPlan(): Plan {
  const now = systemClock.now();
  const today = printInstant(now).slice(0, 10);
  return Plan.parse({
    plan: randomUUID(),
    version: 1,
    unit,
    client: alias,
    validFrom: printInstant(after(now, milliseconds(-60_000))),
    validUntil: printInstant(after(now, hours(24))),
    mode: 'silhouette',
    watch: 'always',
    windows: [{ id: 'natt', from: timeOfDay(now), to: timeOfDay(after(now, hours(2))), looks: 1 }],
    alarms: {
      fall: { persistenceSeconds: 10 },
      leftRoom: { afterMinutes: 15 },
      notInBed: { by: timeOfDay(after(now, hours(1))), until: timeOfDay(after(now, hours(6))) },
      blind: { afterSeconds: 60 },
    },
    alarmLook: { minutes: 30 },
    longestLookSeconds: 300,
    retryAfterMinutes: 5,
    consents: { technology: today, supervision: today, cohabitants: 'lives-alone' },
  });
}

async function sendPlan(address: string, coordinator: LogIn, letter: PlanLetter): Promise<void> {
  await (await signIn(address, coordinator)).call('sendPlan', { unit }, letter);
}

/** The drawn room of a scene, from the list beside it; a recording of somebody else's is a room that nothing is known of. */
export function roomOfScene(scene: string): Room {
  const list = file('fixtures/scenes/index.json');
  if (!existsSync(list)) return unknownRoom;
  const entries = JSON.parse(readFileSync(list, 'utf8')) as {
    file: string;
    bed_polygon_norm?: Room['beds'][number];
    exits_norm?: Room['exits'];
  }[];
  const entry = entries.find((one) => one.file === scene);
  return { beds: entry?.bed_polygon_norm ? [entry.bed_polygon_norm] : [], exits: entry?.exits_norm ?? [], masks: [] };
}

function write(path: string, content: object): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content, null, 2), { mode: 0o600 });
  return path;
}

/** Fresh each time: a demo on a reachable port must not have a well-known password. */
const password = () => randomBytes(9).toString('base64url');
