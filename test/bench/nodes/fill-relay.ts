/**
 * Process that makes the database of a tree's relay with thousands of paired units in it. One of its own: making their certificates
 * leaves so much free memory in a process that the first hundreds of units would cost it nothing.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { makeRequest } from '@nattfrid/agent/pairing/certificate-request';
import { relayOf } from '../trees/relay-of.ts';
import { desk, filesOfRelay, settingsOfRelay } from './filled-relay.ts';
import type { Comer, FromFiller } from './messages.ts';

const [tree, folder, many] = process.argv.slice(2) as [string, string, string];
const { database, personalKey, unitAuthority } = filesOfRelay(folder);

type AuthorityFile = typeof import('@nattfrid/relay/unit-authority/authority-file');
const { checkSettings, openRelay, silent, systemClock, makePersonalKey } = await relayOf(tree);
const files = (await import(`${tree}/relay/src/unit-authority/authority-file.ts`)) as AuthorityFile;

/** The first is made by the relay, the others are as its row is; each gets a certificate of its own. */
async function fill(): Promise<FromFiller> {
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
  return { type: 'filled', key, ca: ca?.[0] ?? '', comers };
}

makePersonalKey(personalKey);
await files.makeAuthorityFile(unitAuthority);
const around = { clock: systemClock, log: silent, newId: randomUUID };
const relay = await openRelay(settingsOfRelay(checkSettings, folder), around);
await relay.addOperator({ email: desk.email, name: 'Siv Holm', role: 'operator' }, desk.password);
await relay.addUnit({ unit: 'home-0', client: 'Ek 0', publicKey: 'k'.repeat(43) });
await relay[Symbol.asyncDispose]();
const filled = await fill();
process.send?.(filled);
// It has been heard by then.
process.on('disconnect', () => process.exit(0));
