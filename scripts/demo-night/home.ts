/** One home and one relay for a demo: keys, plan, room, camera, and both programs as real processes. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unitKeyOf } from '@nattfrid/agent/unit-key';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { routes } from '@nattfrid/shared/desk/routes';
import { Plan } from '@nattfrid/shared/domain/plan';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { timeOfDay } from '@nattfrid/shared/time/window';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { type LogLine, type Program, startProgram } from './program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = (...path: string[]) => join(root, ...path);

export interface LogIn {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: 'operator' | 'coordinator';
}

export interface Home extends AsyncDisposable {
  readonly address: string;
  readonly logIns: readonly [operator: LogIn, coordinator: LogIn];
  readonly relay: Program;
  readonly agent: Program;
}

export interface HomeSettings {
  /** An empty folder of its own; the caller's to remove. */
  readonly folder: string;
  readonly camera: string;
  readonly room: Room;
  /** 0: any that is free. */
  readonly port: number;
  readonly persistenceSeconds: number;
  readonly show?: (program: 'relay' | 'agent', line: LogLine) => void;
}

const unit = 'enhet-1';
const alias = 'Björken 3';

export async function openHome(given: HomeSettings): Promise<Home> {
  const { folder, camera, room, port, show = () => {} } = given;
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
  };
  const token = await register(settings, publicKey, logIns);

  const relayFile = write(join(folder, 'relay.json'), { ...settings, port });
  const relay = stack.use(
    startProgram(file('relay/src/main.ts'), ['--config', relayFile], {}, (line) => show('relay', line)),
  );
  const address = String((await relay.said('The relay is open'))['url']);
  await sendPlan(address, logIns[1], await signPlan(aPlan(given.persistenceSeconds), municipality.privateKey));

  const unitFile = write(join(folder, 'unit.json'), {
    unit,
    alias,
    relay: address,
    token,
    planKey,
    camera: { url: camera, place: 'Sovrum' },
    room,
    data,
  });
  const agent = stack.use(
    startProgram(file('agent/src/main.ts'), ['--config', unitFile], {}, (line) => show('agent', line)),
  );
  const owned = stack.move();
  return { address, logIns, relay, agent, [Symbol.asyncDispose]: () => owned.disposeAsync() };
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
function aPlan(persistenceSeconds: number): Plan {
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
      fall: { persistenceSeconds },
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

async function sendPlan(address: string, coordinator: LogIn, letter: object): Promise<void> {
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address, cookie },
      body: JSON.stringify(body),
    });
  const signedIn = await post(routes.signIn.path, { email: coordinator.email, password: coordinator.password });
  if (!signedIn.ok) throw new Error(`the relay did not let the coordinator in: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const taken = await post(routes.sendPlan.path.replace(':unit', unit), letter, cookie);
  if (!taken.ok) throw new Error(`the relay did not take the plan: ${await taken.text()}`);
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
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, JSON.stringify(content, null, 2), { mode: 0o600 });
  return path;
}

/** Fresh each time: a demo on a reachable port must not have a well-known password. */
const password = () => randomBytes(9).toString('base64url');
