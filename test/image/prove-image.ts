/** `npm run prove:image`: an image is started on a board that qemu plays; updates are refused, cut off and taken back there, and a unit forgets. */

import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { architectureOf } from '../../image/architecture.ts';
import { makeKeys } from '../../image/keys.ts';
import { partition } from '../../image/layout.ts';
import { makeUpdate, signUpdate, type Update } from '../../image/make-update.ts';
import { missing, run } from '../../image/tools.ts';
import { copyCard, makeDrive, openDoor, search, writeSettings } from './card.ts';
import { type BundleName, bundles, chain, refused, secrets } from './chain.ts';
import { machineTools, power } from './machine.ts';
import { otherSlot } from './other-slot.ts';

const help = `Usage: npm run -s prove:image -- --arch amd64|arm64 --image DIR --key FILE --cert FILE --keyring FILE [--keep DIR]

Starts a copy of the image that «scripts/flash image» has left in DIR, and tries in it, one start after the other:
nobody can sign in and nothing listens; updates that must be refused; the power cut in each step of an update; a new slot whose
agent never becomes well; and that after a wipe nothing of the home is found on the card. As root. Half an hour, without any help of the processor.

Exit: 0 all is as it should be, 1 not, 2 wrong arguments.`;

interface Claim {
  readonly words: string;
  readonly well: boolean;
  readonly seen: string;
}

async function prove(): Promise<number> {
  const { values } = parseArgs({
    options: {
      arch: { type: 'string' },
      image: { type: 'string' },
      key: { type: 'string' },
      cert: { type: 'string' },
      keyring: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const architecture = architectureOf(values.arch);
  const need = (name: 'image' | 'key' | 'cert' | 'keyring') => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`--${name} is missing. See --help.`);
    return resolve(value);
  };
  const gone = missing([...machineTools(architecture), { program: 'rauc', debian: 'rauc' }]);
  if (gone) throw new Error(gone);
  const image = need('image');
  const keys = { key: need('key'), cert: need('cert'), keyring: need('keyring') };
  const folder = values.keep ? resolve(values.keep) : await mkdtemp(join(tmpdir(), 'nattfrid-prove-'));
  await mkdir(folder, { recursive: true });
  const claims: Claim[] = [];
  const claim = (words: string, well: boolean, seen = '') => {
    claims.push({ words, well, seen });
    console.log(`${well ? 'PASS' : 'FAIL'}  ${words}${seen ? `\n      ${seen}` : ''}`);
  };
  const relay = createServer((_request, response) => response.end());
  relay.listen(0, '127.0.0.1');
  try {
    const [file] = (await run('ls', [image])).split('\n').filter((name) => name.endsWith(`-${architecture.name}.img`));
    if (!file) throw new TypeError(`--image: ${image} is not what «scripts/flash image» leaves`);
    const first = file.slice('nattfrid-unit-'.length, -`-${architecture.name}.img`.length);
    const versions = { good: `${first}.1`, sick: `${first}.2`, older: '0.0.1' };
    const files = await makeBundles({ architecture, image, folder, keys, versions });
    const card = await copyCard(join(image, file), join(folder, 'card.img'));
    await openDoor(card, architecture, join(image, 'grub'));
    await writeSettings(card, { relay: `http://10.0.2.2:${(relay.address() as AddressInfo).port}` });
    const words = `FIRST_VERSION='${first}'\nSICK_VERSION='${versions.sick}'\n${chain}`;
    const drive = await makeDrive(folder, words, files);
    const log = await open(join(folder, 'serial.log'), 'w');
    await using board = power({
      architecture,
      card,
      drive,
      said: (line) => {
        log.write(`${board.seconds().toFixed(1)} ${line}\n`);
        if (/try: |nattfrid: /.test(line)) console.error(`  ${board.seconds().toFixed(0).padStart(5)} s ${line}`);
      },
    });
    let from = 0;
    const seen = async (pattern: RegExp, seconds: number): Promise<string> => {
      const line = await board.line(pattern, seconds, from);
      from = board.lines.indexOf(line, from) + 1;
      return line;
    };
    const start = (step: number, slot: string, version: string) =>
      new RegExp(`try: start ${step} slot ${slot} version ${version.replaceAll('.', '\\.').replaceAll('+', '\\+')} `);
    const began = board.seconds();
    await seen(start(0, 'A', first), 2400);
    const good = await seen(/slot A.*is good after/, 2400);
    claim('an image starts, and its slot is good', true, `${good} (${Math.round(board.seconds() - began)} s of qemu)`);
    const is = async (pattern: RegExp, right: RegExp, words: string) => {
      const line = await seen(pattern, 2400);
      claim(words, right.test(line), line);
    };
    await is(/try: sockets/, /sockets 0/, 'nothing listens');
    await is(/try: passwords/, /passwords 0/, 'nobody has a password');
    await is(/try: shells/, /shells 0/, 'nobody has a shell to sign in to');
    await is(/try: gettys/, /gettys 0/, 'nothing asks for a name');
    await is(/try: setuid/, /setuid 0/, 'no program makes anybody root');
    await is(/try: root/, /squashfs,ro/, 'the root is read-only');
    await is(
      /try: writable/,
      /writable (\/(dev|run|tmp|var|etc\/nattfrid|etc\/NetworkManager\/system-connections)(\/[^ :]*)?:\S+ ?)+\s*$/,
      'only memory and the state can be written to',
    );
    await is(/try: swap/, /swap 0/, 'there is no swap');
    await is(/try: core/, /core \|\/bin\/false 0/, 'no memory of a program is written down');
    await is(/try: watchdog/, /watchdog (1min|60s|[1-9]).*\/dev\/watchdog/, 'the watchdog watches');
    await is(/try: machine-id/, /machine-id kept/, 'the name of the machine is its own, and stays');
    await is(/try: security/, /./, 'how much the agent may do (systemd-analyze security)');
    for (const name of refused) {
      await is(new RegExp(`try: (taken|refused) ${name}`), /try: refused/, `an update is refused: ${name}`);
      // What is broken inside shows while it is written: see below what has become of the slots.
      const words = name === 'flipped' ? 'and its slot is not one to start' : 'and nothing was written';
      const right =
        name === 'flipped' ? /try: (untouched|touched.*-> order=A B .*B_LEFT=x A_GOOD=1 B_GOOD=0)/ : /try: untouched/;
      await is(new RegExp(`try: (un)?touched ${name}`), right, `${words}: ${name}`);
    }
    await seen(/try: cut copying/, 2400);
    claim('the power is cut while it copies: the old slot starts', /./.test(await seen(start(1, 'A', first), 2400)));
    await seen(/try: cut before marking/, 2400);
    claim(
      'the power is cut before it is marked: the old slot starts',
      /./.test(await seen(start(2, 'A', first), 2400)),
    );
    await seen(/try: cut after marking/, 2400);
    claim(
      'the power is cut after it is marked: the new slot starts',
      /./.test(await seen(start(3, 'B', versions.good), 2400)),
    );
    await seen(/try: cut starting/, 2400);
    claim(
      'the power is cut in its first start: it has another try',
      /./.test(await seen(start(4, 'B', versions.good), 2400)),
    );
    await is(/try: good/, /order=B A.*B_GOOD=1/, 'it is well, and is good from then on');
    await is(/try: (taken|refused) older again/, /refused/, 'what is older than it is refused');
    await is(/try: both/, /order=B A A_LEFT=[1-9] .*A_GOOD=1/, 'the slot before it may still start');
    await is(/try: (taken|refused) flipped again/, /refused/, 'one bit is turned in an update: it is refused');
    await is(
      /try: broken/,
      /order=B A A_LEFT=x B_LEFT=[1-9] A_GOOD=0 B_GOOD=1/,
      'and the slot that it had begun is not one to start',
    );
    const running = [
      ['boot-b', join(image, 'boot.img')],
      ['root-b', join(folder, 'good-root.img')],
    ] as const;
    for (const [name, from] of running)
      claim(`and the slot that runs is as it was, byte for byte: ${name}`, await holds(card, name, from));
    const sick = await seen(start(5, 'A', versions.sick), 1800);
    claim('an update whose agent fails is taken at first', true, sick);
    await seen(start(5, 'B', versions.good), 1800);
    await is(
      /try: back/,
      /order=B A A_LEFT=x.*B_GOOD=1/,
      'its agent never becomes well: the old slot comes back by itself',
    );
    await seen(/try: result/, 2400);
    const key = (await seen(/try: key/, 2400)).match(/[0-9a-f]{128}/)?.[0] ?? '';
    await board.ended(1200);
    claim('after a wipe it is off, until somebody gives it power', true);
    await using wiped = power({ architecture, card, drive });
    const newborn = await wiped.line(/try: wiped/, 2400);
    claim('then the unit has no file of the home', /files 0/.test(newborn), newborn);
    await wiped.line(/try: done/, 2400);
    await wiped.ended(300);
    await log.close();
    for (const words of secrets) {
      const found = await search(card, Buffer.from(words));
      claim(`nowhere on the card is «${words}»`, found.length === 0, found.join(' '));
    }
    const found = key === '' ? [0] : await search(card, Buffer.from(key, 'hex'));
    claim('nor is the key that sealed it', found.length === 0, found.join(' '));
  } finally {
    relay.close();
    if (!values.keep) await rm(folder, { recursive: true, force: true });
  }
  const failed = claims.filter(({ well }) => !well).length;
  console.log(`\n${claims.length - failed} as it should be, ${failed} not.`);
  return failed === 0 ? 0 : 1;
}

/** Whether a partition of the card begins with the bytes of the file. */
async function holds(card: string, name: string, file: string): Promise<boolean> {
  const { start, size } = partition(name);
  const wanted = await readFile(file);
  const there = Buffer.alloc(Math.min(size, wanted.length));
  await using medium = await open(card);
  await medium.read(there, 0, there.length, start);
  return there.equals(wanted);
}

interface Material {
  readonly architecture: Update['architecture'];
  readonly image: string;
  readonly folder: string;
  readonly keys: { readonly key: string; readonly cert: string; readonly keyring: string };
  readonly versions: { readonly good: string; readonly sick: string; readonly older: string };
}

/** Every bundle of the chain: small ones where nothing is to be written, whole ones where a slot is to start. */
async function makeBundles({ architecture, image, folder, keys, versions }: Material): Promise<Record<string, string>> {
  const at = (name: BundleName) => join(folder, bundles[name]);
  const small = { boot: join(folder, 'small-boot'), root: join(folder, 'small-root') };
  for (const path of Object.values(small)) await writeFile(path, randomBytes(1024 * 1024));
  const newer = { architecture, version: versions.good, slot: small, ...keys };
  await makeUpdate(newer, at('flipped'));
  await copyFile(at('flipped'), at('truncated'));
  await copyFile(at('flipped'), at('unsigned'));
  const { length } = await readFile(at('flipped'));
  await truncate(at('truncated'), Math.floor(length * 0.6));
  await flip(at('flipped'), 300_000);
  await run('sh', [
    '-c',
    `head -c ${length - signatureLength(await readFile(at('unsigned')))} "$1" > "$1.cut" && mv "$1.cut" "$1"`,
    'sh',
    at('unsigned'),
  ]);
  const stranger = await makeKeys(join(folder, 'stranger'));
  await signUpdate({ ...newer, ...stranger }, at('stranger'));
  // The same authority has vouched for it, but for web servers, and not for code.
  await signUpdate({ ...newer, ...(await otherPurpose(folder, keys)) }, at('purpose'));
  await signUpdate({ ...newer, format: 'plain' }, at('plain'));
  await signUpdate({ ...newer, version: versions.older }, at('older'));
  await signUpdate(
    { ...newer, architecture: architectureOf(architecture.name === 'amd64' ? 'arm64' : 'amd64') },
    at('foreign'),
  );
  const slot = { boot: join(image, 'boot.img'), root: join(image, 'root.img') };
  for (const [name, sick] of [
    ['good', false],
    ['sick', true],
  ] as const) {
    const root = await otherSlot(slot.root, join(folder, `${name}-root.img`), versions[name], sick);
    await makeUpdate({ ...newer, version: versions[name], slot: { boot: slot.boot, root } }, at(name));
  }
  return Object.fromEntries(Object.entries(bundles).map(([name, file]) => [file, at(name as BundleName)]));
}

/** Bytes of the signature and its length at the end of a bundle. */
const signatureLength = (bytes: Buffer): number => Number(bytes.readBigUInt64BE(bytes.length - 8)) + 8;

async function flip(file: string, at: number): Promise<void> {
  const bytes = await readFile(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

/** A signer of the same authority whose certificate is for something else. The authority's key lies beside its certificate. */
async function otherPurpose(folder: string, { keyring }: { keyring: string }): Promise<{ key: string; cert: string }> {
  const [key, request, cert, extensions] = ['other.key', 'other.csr', 'other.pem', 'other.ext'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  await run('openssl', [
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-out',
    request,
    '-subj',
    '/O=Nattfrid/CN=a web server',
  ]);
  await writeFile(
    extensions,
    'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n',
  );
  const authority = keyring.replace(/\.pem$/, '.key');
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    request,
    '-CA',
    keyring,
    '-CAkey',
    authority,
    '-CAcreateserial',
    '-extfile',
    extensions,
    '-out',
    cert,
    '-days',
    '30',
    '-sha256',
  ]);
  return { key, cert };
}

try {
  process.exitCode = await prove();
} catch (error) {
  console.error(`prove:image: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
