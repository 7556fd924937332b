/** A whole site for the browser: the console as it is built, a real relay with a database of its own, homes with plans, staff. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSettings } from '@nattfrid/relay/config/load';
import type { GivenSettings } from '@nattfrid/relay/config/schema';
import { makePersonalKey } from '@nattfrid/relay/personal/personal-key';
import { openRelay, type Relay } from '@nattfrid/relay/relay';
import { type ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { VoucherLetter } from '@nattfrid/shared/wire/console-proof';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { openDisk } from '../support/disk.ts';
import type { CodedPicture } from '../support/h264-stream.ts';
import { wholeDay } from '../support/whole-day.ts';
import { type SimulatedUnit, simulatedUnit } from './simulated-unit.ts';

const root = join(import.meta.dirname, '../..');

export const staff = {
  operator: { email: 'anna@example.se', name: 'Anna Lind', role: 'operator', password: 'natt-och-frid-1' },
  colleague: { email: 'bo@example.se', name: 'Bo Ek', role: 'operator', password: 'natt-och-frid-2' },
  coordinator: { email: 'siv@example.se', name: 'Siv Holm', role: 'coordinator', password: 'natt-och-frid-3' },
} as const;

export interface Home {
  readonly unit: SimulatedUnit;
  readonly key: SignKey;
}

export interface Site extends AsyncDisposable {
  readonly relay: Relay;
  /** Its file. */
  readonly database: string;
  /** Folder of the built console. */
  readonly console: string;
  /** A home whose unit is connected; with a plan whose window is open all day, if asked for. */
  addHome(unit: string, client: string, plan?: { readonly looks: number }, place?: string): Promise<Home>;
  /** As if somebody had put another unit in its place: the relay tells its key from now on. */
  swapKey(unit: string): Promise<void>;
  /** The municipality's word for a console. */
  vouch(console: string): Promise<VoucherLetter>;
  /** A home whose unit is a program of its own, of which only the key is known here. @returns its token */
  addUnit(unit: string, client: string, publicKey: string): Promise<string>;
  /** A unit of its own that somebody sets up is closed with the site. */
  own(thing: AsyncDisposable): void;
  /** Its pictures. */
  readonly pictures: readonly CodedPicture[];
  /** Of the municipality, base64url. */
  readonly planKey: string;
  /** Signed by the municipality, and sent to its unit. */
  plan(plan: Plan): Promise<void>;
  sign(plan: Plan): Promise<PlanLetter>;
  planFor(unit: string, client: string, version: number, looks: number): Promise<PlanLetter>;
}

export async function openSite(
  pictures: readonly CodedPicture[],
  given: Partial<GivenSettings> = {},
  clock: Clock = systemClock,
): Promise<Site> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-site-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const dist = await shippedConsole(join(folder, 'console'));
  const municipality = await makeSignKey();
  const personalKey = join(folder, 'personal.key');
  makePersonalKey(personalKey);
  const settings = checkSettings({
    personalKey,
    port: 0,
    database: join(folder, 'relay.sqlite'),
    secret: 'only-for-tests-and-nothing-else-at-all',
    console: dist,
    planKeys: { falkoping: toBase64Url(municipality.publicKey) },
    ...given,
  });
  if (settings instanceof Fault) throw settings;
  const relay = await openRelay(settings, { clock, log: silent, newId: randomUUID });
  stack.use(relay);
  for (const { password, ...person } of Object.values(staff)) await relay.addOperator(person, password);

  const planFor = (unit: string, client: string, version: number, looks: number) =>
    signPlan(planOf(unit, client, version, looks), municipality.privateKey);
  const homes: SimulatedUnit[] = [];
  stack.defer(async () => {
    for (const unit of homes) await unit[Symbol.asyncDispose]();
  });
  const closing = stack.move();
  return {
    relay,
    pictures,
    own: (thing) => void closing.use(thing),
    database: join(folder, 'relay.sqlite'),
    console: dist,
    planFor,
    plan: async (plan) => sendPlan(relay, plan.unit, await signPlan(plan, municipality.privateKey)),
    sign: (plan) => signPlan(plan, municipality.privateKey),
    planKey: toBase64Url(municipality.publicKey),
    vouch(console) {
      const now = systemClock.now();
      const [validFrom, validUntil] = [printInstant(after(now, hours(-1))), printInstant(after(now, hours(24)))];
      return signVoucher({ console, place: 'Larmcentralen 1', validFrom, validUntil }, municipality.privateKey);
    },
    async addUnit(unit, client, publicKey) {
      const added = await relay.addUnit({ unit, client, publicKey });
      if (added instanceof Fault) throw added;
      return added.token;
    },
    async swapKey(unit) {
      using database = openDisk(join(folder, 'relay.sqlite'), { timeout: 5000 });
      const { publicKey } = await makeSignKey();
      database.prepare('update units set public_key = ? where unit = ?').run(toBase64Url(publicKey), unit);
    },
    async addHome(name, client, plan, place) {
      const key = await makeSignKey();
      const added = await relay.addUnit({
        unit: name,
        client,
        ...(place && { place }),
        publicKey: toBase64Url(key.publicKey),
      });
      if (added instanceof Fault) throw added;
      const unit = await simulatedUnit({
        relay: relay.url,
        unit: UnitId.parse(name),
        token: added.token,
        manner: { name: 'shows', signs: key },
        pictures,
      });
      homes.push(unit);
      if (plan) await sendPlan(relay, name, await planFor(name, client, 1, plan.looks));
      return { unit, key };
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** As the person agreed to it: looks all day, alarms for falls, a look for half an hour after an alarm. */
function planOf(unit: string, client: string, version: number, looks: number): Plan {
  const now = systemClock.now();
  return Plan.parse({
    plan: randomUUID(),
    version,
    unit,
    client: client as ClientAlias,
    validFrom: printInstant(after(now, hours(-24))),
    validUntil: printInstant(after(now, hours(24 * 30))),
    mode: 'silhouette',
    watch: 'always',
    windows: [{ id: 'night', ...wholeDay(now), looks }],
    alarms: {
      fall: { persistenceSeconds: 15 },
      leftRoom: { afterMinutes: 20, hours: { from: '22:00', to: '06:00' } },
      notInBed: { by: '23:30' },
      blind: { afterSeconds: 120 },
    },
    alarmLook: { minutes: 30 },
    consents: { technology: '2026-09-01', supervision: '2026-09-01', cohabitants: 'lives-alone' },
  });
}

/** Through the API, as the coordinator's console does it. */
async function sendPlan(relay: Relay, unit: string, letter: PlanLetter): Promise<void> {
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${relay.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const { email, password } = staff.coordinator;
  const signedIn = await post('/api/sign-in', { email, password });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const sent = await post(`/api/units/${unit}/plan`, letter, cookie);
  if (!sent.ok) throw new Error(`The plan was not taken: ${await sent.text()}`);
}

/** The console as it is shipped: what scripts/setup has built, where nothing has changed since; else built into a folder of its own. */
async function shippedConsole(folder: string): Promise<string> {
  const built = join(root, 'relay/console/dist');
  const since = await stat(join(built, 'index.html'))
    .then(({ mtimeMs }) => mtimeMs)
    .catch(() => 0);
  if (since > (await newestSource())) {
    // A copy: whoever builds anew meanwhile takes no file away from under an open page.
    await cp(built, folder, { recursive: true });
    return folder;
  }
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const words = [vite, 'build', join(root, 'relay/console'), '--outDir', folder, '--logLevel', 'error'];
  const child = spawn(process.execPath, words, { env: { ...process.env, NODE_ENV: 'production' }, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The console was not built: vite ended with ${code}.`);
  return folder;
}

/** When any file that the console is built of was changed last, in ms. */
async function newestSource(): Promise<number> {
  const sources = ['relay/console', 'shared'].map(async (folder) => {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  });
  const files = [join(root, 'package-lock.json'), ...(await Promise.all(sources)).flat()];
  const own = files.filter((file) => !/[\\/](dist|node_modules)[\\/]/.test(file.slice(root.length)));
  const changed = await Promise.all(own.map(async (file) => (await stat(file)).mtimeMs));
  return Math.max(...changed);
}
