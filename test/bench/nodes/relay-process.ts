/** Process with the relay of a tree, this one or an earlier commit's, and thousands of paired units in its database. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import { makeRequest } from '@nattfrid/agent/pairing/certificate-request';
import { folderOfProcess, relayOf } from '../trees/relay-of.ts';
import type { Comer, FromRelay, Held, ToRelay } from './messages.ts';
import { residentOf } from './resident.ts';

const [tree, many] = process.argv.slice(2) as [string, string];
const tell = (word: FromRelay) => void process.send?.(word);
const folder = folderOfProcess();

type AuthorityFile = typeof import('@nattfrid/relay/unit-authority/authority-file');
const { checkSettings, openRelay, silent, systemClock, makePersonalKey } = await relayOf(tree);
const files = (await import(`${tree}/relay/src/unit-authority/authority-file.ts`)) as AuthorityFile;

const database = join(folder, 'relay.sqlite');
const [personalKey, unitAuthority] = [join(folder, 'personal.key'), join(folder, 'authority.pem')];
makePersonalKey(personalKey);
await files.makeAuthorityFile(unitAuthority);
const settings = checkSettings({
  ...{ port: 0, unitPort: 0, unitNames: ['127.0.0.1'], unitAuthority, socketsPerAddress: 100_000 },
  ...{ database, personalKey, secret: 'only for the bench, and nothing else at all' },
});
if (settings instanceof Error) throw settings;
const person = { email: 'siv@example.se', name: 'Siv Holm', role: 'operator' } as const;
const password = 'natt-och-frid-3';

/** The first is made by the relay, the others are as its row is; each gets a certificate of its own. */
async function fill(): Promise<{ readonly key: string; readonly ca: string; readonly comers: readonly Comer[] }> {
  const authority = await files.readAuthorityFile(unitAuthority);
  const { key, request } = await makeRequest('home-0');
  using db = new DatabaseSync(database, { timeout: 10_000 });
  const model = db.prepare("select * from units where unit = 'home-0'").get() as Record<string, string | number | null>;
  const names = Object.keys(model);
  const add = db.prepare(`insert or replace into units (${names.join()}) values (${names.map(() => '?').join()})`);
  const whose = db.prepare('insert or replace into unit_organisations (unit, organisation) values (?, ?)');
  const certify = db.prepare(
    'insert into unit_certificates (serial, unit, digest, from_at, until_at, came_at) values (?, ?, ?, ?, ?, ?)',
  );
  const comers: Comer[] = [];
  db.exec('begin immediate');
  for (let number = 0; number < Number(many); number++) {
    const unit = `home-${number}`;
    const row = { ...model, unit, client: `Ek ${number}`, paired_at: Date.now() } as typeof model;
    add.run(...names.map((name) => row[name] ?? null));
    whose.run(unit, String(model['organisation']));
    const issued = await authority.certify(unit as never, request, Date.now() as never);
    if (issued instanceof Error) throw issued;
    // It has come in before: that is written down once in its life.
    certify.run(issued.serial, unit, issued.digest, Date.now(), issued.until, Date.now());
    comers.push({ unit, cert: issued.certificate });
  }
  db.exec('commit');
  const ca = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(readFileSync(unitAuthority, 'utf8'));
  return { key, ca: ca?.[0] ?? '', comers };
}

const around = { clock: systemClock, log: silent, newId: randomUUID };
async function open() {
  const relay = await openRelay(settings as Exclude<typeof settings, Error>, around);
  return relay;
}
const first = await open();
await first.addOperator(person, password);
await first.addUnit({ unit: 'home-0', client: 'Ek 0', publicKey: 'k'.repeat(43) });
await first[Symbol.asyncDispose]();
const { key, ca, comers } = await fill();
const relay = await open();

async function held(swept: boolean): Promise<Held> {
  const { user, system } = process.cpuUsage();
  if (swept)
    for (let turn = 0; turn < 4; turn++) {
      globalThis.gc?.();
      await wait(250);
    }
  const { heapUsed, heapTotal, external } = process.memoryUsage();
  return {
    resident: residentOf(process.pid),
    heap: heapUsed,
    committed: heapTotal,
    external,
    cpu: (user + system) / 1000,
  };
}

let profiling: { readonly session: Session; readonly file: string } | undefined;
async function profile(file: string): Promise<void> {
  const session = new Session();
  session.connect();
  profiling = { session, file };
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}
async function profiled(): Promise<void> {
  if (!profiling) return;
  const { session, file } = profiling;
  const { profile: cpu } = await session.post('Profiler.stop');
  writeFileSync(`${file}.cpuprofile`, JSON.stringify(cpu));
  session.disconnect();
  writeHeapSnapshot(`${file}.heapsnapshot`);
}

process.on('message', (word: ToRelay) => {
  if (word.type === 'profile') void profile(word.file);
  else if (word.type === 'profiled') void profiled().then(() => tell({ type: 'profiled' }));
  else void held(word.swept).then((now) => tell({ type: 'held', held: now }));
});
process.on('disconnect', () => process.exit(0));
const place = { units: `https://127.0.0.1:${relay.unitPort}`, ca, key, comers };
tell({ type: 'open', place, address: relay.url, email: person.email, password });
