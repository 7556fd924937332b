/** The relay as a process: arguments, signals, exit codes; nothing else. */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { firstOrganisation } from '@nattfrid/shared/desk/organisation';
import { Role } from '@nattfrid/shared/desk/role';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { forbidCoreDumps } from '@nattfrid/shared/process/no-core-dump';
import { systemClock } from '@nattfrid/shared/time/clock';
import { openAudit } from './audit/audit.ts';
import { checkAudit } from './audit/check-audit.ts';
import { makeAuditKey, newestHead, publicHalf, readHeadFile } from './audit/head-files.ts';
import { backUp } from './backup/backup.ts';
import { inWords } from './backup/look-at.ts';
import { restore } from './backup/restore.ts';
import { describeSettings, loadSettings, usualConfig } from './config/load.ts';
import type { Settings } from './config/schema.ts';
import { openLog } from './log.ts';
import { manageCommands, manageUsage, needed } from './manage/manage.ts';
import { openNode } from './open-node.ts';
import { addOperator } from './operators/add-operator.ts';
import { openOperators } from './operators/operators.ts';
import { makePassword } from './operators/password.ts';
import { addLabels } from './pairing/labels.ts';
import { readLabelFile } from './pairing/read-label-file.ts';
import { makePersonalKey } from './personal/personal-key.ts';
import { rotatePersonalKey } from './personal/rotate.ts';
import { openRelay } from './relay.ts';
import { allOrganisations } from './store/agreements-table.ts';
import { openStore, type Store } from './store/database.ts';
import { nameOf } from './store/engine-of.ts';
import { makeAuthorityFile } from './unit-authority/authority-file.ts';
import { addUnit } from './units/add-unit.ts';
import { version } from './version.ts';

const usage = (): string => `Usage: nattfrid-relay [COMMAND] [settings]

  nattfrid-relay [settings]                               runs until told to stop (SIGTERM, SIGINT); SIGHUP: reads a renewed certificate
  nattfrid-relay add-operator EMAIL NAME ROLE [--organisation ORGANISATION] [settings]
                                                          reads the password from standard input; from a terminal, makes one and prints it;
                                                          ROLE: ${Role.options.join(', ')}
  nattfrid-relay add-unit UNIT ALIAS --public-key KEY [--place PLACE] [--organisation ORGANISATION] [settings]
                                                          prints the unit's token, once; KEY: Ed25519, base64url; units with one
                                                          ALIAS are one home, PLACE tells their cameras apart: «Sovrum»
  nattfrid-relay add-training-unit UNIT ALIAS --public-key KEY [--place PLACE] [--organisation ORGANISATION] [settings]
                                                          the same for a home in which nobody lives: marked ÖVNING, and in no
                                                          alarm queue, round or figure; never to be changed
  nattfrid-relay backup FILE [settings]                   copies the database while the relay runs, checks the copy, prints what it holds
  nattfrid-relay restore FILE [settings]                  puts a backup in the database's place, which is kept aside; the relay must be stopped
  nattfrid-relay audit-key FILE                           makes the key of auditKey; prints its public half, to be noted down elsewhere
  nattfrid-relay personal-key FILE                        makes the key of personalKey, which seals what says who clients are; prints its name
  nattfrid-relay unit-authority FILE                      makes the authority of unitAuthority, which units that are paired get their
                                                          certificates of; prints its fingerprint
  nattfrid-relay add-stock --file LABELS --location PLACE [--organisation ORGANISATION] [settings]
                                                          puts units in stock by what «nattfrid-agent label --json» printed of each
  nattfrid-relay rotate-personal-key OLD NEW [settings]   seals all of it anew under the key in NEW; the relay must be stopped
  nattfrid-relay check-audit [--head FILE] [--public-key KEY] [settings]
                                                          checks the whole audit log, against FILE or the newest in auditHeadFolder;
                                                          exits with 1 and says which line where it does not hold
${manageUsage.map(([how, what]) => `  nattfrid-relay ${how} [settings]\n${' '.repeat(58)}${what}`).join('\n')}
  nattfrid-relay --help | --version

Settings, from a file (--config FILE, JSON; NATTFRID_CONFIG; ${usualConfig} where it is there) < the environment < arguments:
${describeSettings()}

Exit: 0 stopped when asked to, or done; 1 could not start or go on; 2 wrong arguments or settings.
`;

async function main(given: readonly string[]): Promise<number> {
  if (given.includes('--help')) return say(usage());
  if (given.includes('--version')) return say(`${version}\n`);
  const first = given.findIndex((word) => word.startsWith('--'));
  const command = first < 0 ? given : given.slice(0, first);
  const [publicKey, others] = take('--public-key', given.slice(command.length));
  const [place, more] = take('--place', others);
  const [organisation, given2] = take('--organisation', more);
  const [head, rest] = take('--head', given2);
  if (command[0] === 'audit-key')
    return command[1] ? say(`${await makeAuditKey(command[1])}\n`) : complain(needed('audit-key FILE'), 2);
  if (command[0] === 'personal-key')
    return command[1] ? say(`${makePersonalKey(command[1])}\n`) : complain(needed('personal-key FILE'), 2);
  if (command[0] === 'unit-authority')
    return command[1] ? say(`${await makeAuthorityFile(command[1])}\n`) : complain(needed('unit-authority FILE'), 2);
  const [labels, given3] = take('--file', rest);
  const [location, rest2] = take('--location', given3);
  const settings = loadSettings({ arguments: rest2, environment: process.env });
  if (settings instanceof Fault) return complain(settings, 2);
  switch (command[0]) {
    case undefined:
      return serve(settings);
    case 'add-operator':
      return addOperatorBy(settings, command.slice(1), organisation);
    case 'add-unit':
    case 'add-training-unit': {
      const training = command[0] === 'add-training-unit';
      return addUnitBy(settings, { unit: command[1], client: command[2], publicKey, place, organisation }, training);
    }
    case 'backup':
      return command[1] ? backUpTo(settings, command[1]) : complain(needed('backup FILE'), 2);
    case 'restore':
      return command[1] ? restoreFrom(settings, command[1]) : complain(needed('restore FILE'), 2);
    case 'add-stock':
      if (labels === undefined || !location) return complain(needed('add-stock --file LABELS --location PLACE'), 2);
      return addStockBy(settings, { labels, location, organisation });
    case 'rotate-personal-key':
      return rotateBy(settings, command[1], command[2]);
    case 'check-audit':
      return checkAuditBy(settings, { head, publicKey });
    default: {
      const manage = Object.hasOwn(manageCommands, command[0]) ? manageCommands[command[0]] : undefined;
      if (manage) return manageBy(settings, manage, command.slice(1), publicKey);
      return complain(new Fault('config-invalid', `There is no command ${command[0]}. --help lists them.`), 2);
    }
  }
}

async function serve(settings: Settings): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  forbidCoreDumps();
  const around = { clock: systemClock, log: openLog(settings.logLevel), newId: randomUUID };
  await using relay = settings.bus === undefined ? await openRelay(settings, around) : await openNode(settings, around);
  if (settings.tlsCert !== undefined) process.on('SIGHUP', () => relay.renewCertificate());
  say(`${relay.url}\n`);
  await stopped;
  return 0;
}

async function addOperatorBy(
  settings: Settings,
  [email, name, role]: readonly string[],
  organisation: string | undefined,
): Promise<number> {
  const checked = Role.safeParse(role);
  if (!email || !name || !checked.success)
    return complain(needed(`add-operator EMAIL NAME ROLE, one of ${Role.options.join(', ')}`), 2);
  const { password, made } = await askPassword();
  await using store = await openStore(settings.database);
  const { secret, sessionHours } = settings;
  const operators = openOperators({ store, clock: systemClock, secret, secure: false, sessionHours });
  const audit = openAudit(store, systemClock);
  const unknown = await unknownOrganisation(store, organisation);
  if (unknown) return complain(unknown, 1);
  const person = { email, name, role: checked.data, ...(organisation && { organisation }) };
  const added = await addOperator({ audit, operators }, person, password);
  if (added instanceof Fault) return complain(added, 1);
  return say(made ? `${password}\n` : '');
}

/** From a terminal one is made. */
async function askPassword(): Promise<{ readonly password: string; readonly made: boolean }> {
  if (process.stdin.isTTY) return { password: makePassword(), made: true };
  return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), made: false };
}

async function manageBy(
  settings: Settings,
  manage: (typeof manageCommands)[string],
  words: readonly string[],
  publicKey: string | undefined,
): Promise<number> {
  await using store = await openStore(settings.database);
  const { secret, sessionHours } = settings;
  const operators = openOperators({ store, clock: systemClock, secret, secure: false, sessionHours });
  const audit = openAudit(store, systemClock);
  const done = await manage({ store, audit, operators, clock: systemClock, publicKey, password: askPassword }, words);
  if (done instanceof Fault) return complain(done, done.code === 'config-invalid' ? 2 : 1);
  return say(done);
}

async function addUnitBy(
  settings: Settings,
  given: { [Name in 'unit' | 'client' | 'publicKey' | 'place' | 'organisation']: string | undefined },
  training: boolean,
): Promise<number> {
  const { unit, client, publicKey, place, organisation } = given;
  if (publicKey === '')
    return complain(
      new Fault('config-invalid', 'The key after --public-key is empty: did «nattfrid-agent public-key» fail?'),
      2,
    );
  if (!unit || !client || !publicKey) return complain(needed('add-unit UNIT ALIAS --public-key KEY'), 2);
  await using store = await openStore(settings.database);
  const audit = openAudit(store, systemClock);
  const unknown = await unknownOrganisation(store, organisation);
  if (unknown) return complain(unknown, 1);
  const one = { unit, client, publicKey, place, training, ...(organisation && { organisation }) };
  const added = await addUnit({ store, audit, clock: systemClock }, one);
  if (added instanceof Fault) return complain(added, 1);
  return say(`${added.token}\n`);
}

async function addStockBy(
  settings: Settings,
  given: { readonly labels: string; readonly location: string; readonly organisation: string | undefined },
): Promise<number> {
  const { location, organisation = firstOrganisation } = given;
  const labels = readLabelFile(given.labels);
  if (labels instanceof Fault) return complain(labels, 2);
  await using store = await openStore(settings.database);
  const unknown = await unknownOrganisation(store, given.organisation);
  if (unknown) return complain(unknown, 1);
  const audit = openAudit(store, systemClock);
  const added = await addLabels({ store, audit, clock: systemClock }, { name: 'relay' }, organisation, {
    labels,
    location,
  });
  return added instanceof Fault ? complain(added, 1) : say(`${added} in stock.\n`);
}

async function unknownOrganisation(store: Store, organisation: string | undefined): Promise<Fault | undefined> {
  if (organisation === undefined) return undefined;
  if ((await allOrganisations(store.db)).some((one) => one.organisation === organisation)) return undefined;
  return new Fault('not-found', `There is no organisation ${organisation}. «organisations» lists them.`);
}

async function backUpTo({ database }: Settings, file: string): Promise<number> {
  const { held, unwritten } = await backUp(database, file, systemClock);
  if (unwritten) complain(new Fault('cannot-save', `Not written in the audit log: ${unwritten.message}`), 0);
  say(`${file}: ${inWords(held)}\n`);
  return held.audit.type === 'whole' ? 0 : 1;
}

async function restoreFrom({ database }: Settings, file: string): Promise<number> {
  const { held, aside } = await restore(database, file, systemClock);
  say(`${nameOf(database)} is ${file} now: ${inWords(held)}\n`);
  say(
    'Everybody must sign in anew. Whoever was added, removed or changed after the backup is as before it: see operators and units.\n',
  );
  return say(aside ? `The database that was there is kept: ${aside}\n` : '');
}

async function rotateBy({ database }: Settings, from?: string, to?: string): Promise<number> {
  if (!from || !to) return complain(needed('rotate-personal-key OLD NEW'), 2);
  const { texts, key } = await rotatePersonalKey(database, { from, to }, systemClock);
  say(`${texts} sealed texts are under the key ${key} now. Set personalKey to ${to}, and start the relay.\n`);
  return say(`Keep ${from} with the backups that were made before now: they need it.\n`);
}

async function checkAuditBy(
  { database, auditHeadFolder, auditKey }: Settings,
  { head, publicKey }: { readonly head: string | undefined; readonly publicKey: string | undefined },
): Promise<number> {
  if (head === undefined && auditHeadFolder === undefined) return told(await checkAudit(database, undefined));
  const key = publicKey ?? (auditKey && publicHalf(auditKey));
  if (!key) return complain(needed('--public-key KEY, or auditKey'), 2);
  const kept = head ? await readHeadFile(head, key) : await newestHead(auditHeadFolder ?? '', key);
  return told(await checkAudit(database, kept));
}

function told({ whole, words }: { readonly whole: boolean; readonly words: string }): number {
  say(`${words}\n`);
  return whole ? 0 : 1;
}

/** The value that follows a name, and all the others. */
function take(name: string, given: readonly string[]): readonly [string | undefined, readonly string[]] {
  const at = given.indexOf(name);
  return at < 0 ? [undefined, given] : [given[at + 1], given.toSpliced(at, 2)];
}

function say(words: string): number {
  process.stdout.write(words);
  return 0;
}

function complain(fault: Fault, code: number): number {
  process.stderr.write(`${fault.message}\n`);
  return code;
}

// What is made here is for this user's eyes alone: the database, its copies, its heads.
process.umask(0o077);
process.exitCode = await main(process.argv.slice(2)).catch((error) => complain(asFault(error), 1));
