/** `scripts/flash`: images, signed updates and cards for units. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BenchAddress } from '@nattfrid/shared/wire/bench';
import { type Architecture, architectureOf } from '../image/architecture.ts';
import { forgetBench, readBenchAddress } from '../image/bench/bench-folder.ts';
import { labelLanguages } from '../image/bench/draw-label.ts';
import { ownAddress, runBench, usualPort } from '../image/bench/run-bench.ts';
import type { StockPlace } from '../image/bench/send-stock.ts';
import { cardTools, lookAt, type Progress, refusal, writeCard } from '../image/cards.ts';
import { keyTools, makeKeys } from '../image/keys.ts';
import { imageTools, makeImage } from '../image/make-image.ts';
import { makeUpdate, updateTools } from '../image/make-update.ts';
import { missing, type Tool } from '../image/tools.ts';
import { bootTest } from '../test/image/boot-test.ts';
import { machineTools } from '../test/image/machine.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const help = `Usage: scripts/flash COMMAND [options]; docs/flashing.md says when and why

  keys --out DIR
      makes an authority and a signer for updates. To try things out: real keys are kept otherwise (docs/flashing.md)

  image --arch amd64|arm64 --keyring FILE [--out DIR] [--relay URL]
      makes the image of a card out of Debian 12 and the agent's package. As root, or where user namespaces are allowed.
      --package FILE   the agent's Debian package (default: the one that scripts/package has left in build/packages)
      --keyring FILE   certificates (PEM) of those whose updates units take
      --relay URL      what nattfrid.json on the card says; «cards» can say otherwise for each card
      --version V      of the image (default: the package's)
      --mirror URL     of Debian (default: http://deb.debian.org/debian); one of snapshot.debian.org makes an old image again
      --quick          packed quickly, and larger: while one works on it
      --twice          makes it twice, and compares

  update --arch amd64|arm64 --image DIR --key FILE --cert FILE --keyring FILE --out FILE.raucb
      signs what «image» has left in DIR as an update, and asks of it what a unit will ask

  cards --image FILE --device PATH [--device PATH]… [--relay URL] [--bench DIR] [--settings FILE] [--force]
      writes cards side by side, reads each back. Refuses what is in use, is this machine's own disk, or holds over 256 GB (--force)
      --bench DIR      has each unit hand its label over to the bench whose folder that is, at its first start

  bench --out DIR [--listen ADDRESS:PORT] [--relay URL] [--api-key-file FILE] [--count N] [--forget]
      takes the labels of units that start beside it, and writes into DIR: stock.json for the relay, each label (labels/), and the sheet
      to be printed (sheet.html, sheet.pdf). The labels are secrets: whoever has them can pair every unit
      --listen A:P     where units reach it (default: this machine's own address, port ${usualPort}); the same every time, as the cards say it
      --relay URL      refuses labels that lead elsewhere
      --api-key-file F a key of the scope write:stock: the relay is told of each unit; what cannot be sent is kept for the next time
      --location PLACE where the relay's stock has them (default: Bänken)
      --count N        ends when so many labels are there; without it Ctrl+C does
      --language sv|en of the labels (default: sv)
      --forget         overwrites the labels and the bench's key; the stock stays

  boot-test --arch amd64|arm64 --image FILE [--seconds N]
      starts a copy of the image in qemu, without any help of the processor, until the slot has shown that it is good

Exit: 0 done; 1 not; 2 wrong arguments.`;

const read = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      arch: { type: 'string' },
      out: { type: 'string' },
      package: { type: 'string' },
      keyring: { type: 'string' },
      relay: { type: 'string' },
      version: { type: 'string' },
      mirror: { type: 'string', default: 'http://deb.debian.org/debian' },
      quick: { type: 'boolean', default: false },
      twice: { type: 'boolean', default: false },
      image: { type: 'string' },
      key: { type: 'string' },
      cert: { type: 'string' },
      device: { type: 'string', multiple: true, default: [] },
      settings: { type: 'string' },
      bench: { type: 'string' },
      listen: { type: 'string' },
      'api-key-file': { type: 'string' },
      location: { type: 'string', default: 'Bänken' },
      count: { type: 'string' },
      language: { type: 'string', default: 'sv' },
      forget: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '900' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
type Values = ReturnType<typeof read>['values'];

/** Who typed something wrong, and not what went wrong: exit 2. */
const needed = (value: string | undefined, option: string): string => {
  if (value === undefined || value === '') throw new TypeError(`--${option} is missing. See scripts/flash --help.`);
  return value;
};
const file = (value: string | undefined, option: string): string => {
  const path = resolve(needed(value, option));
  if (!existsSync(path)) throw new TypeError(`--${option}: there is no ${path}.`);
  return path;
};
function has(tools: readonly Tool[]): void {
  const gone = missing(tools);
  if (gone) throw new Error(gone);
}

const commands: Readonly<Record<string, (values: Values) => Promise<void>>> = {
  keys,
  image,
  update,
  cards,
  bench,
  'boot-test': boot,
};

async function keys(values: Values): Promise<void> {
  has(keyTools);
  const folder = resolve(needed(values.out, 'out'));
  if (existsSync(join(folder, 'authority.key')))
    throw new Error(`${folder} has keys already, which are never written over.`);
  const made = await makeKeys(folder);
  console.log(`flash: keyring of the units  ${made.keyring}\nflash: signer               ${made.cert}, ${made.key}`);
}

async function image(values: Values): Promise<void> {
  const architecture = architectureOf(values.arch);
  has(imageTools);
  const agent = values.package ? file(values.package, 'package') : builtPackage(architecture);
  const control = (field: string) => execFileSync('dpkg-deb', ['--field', agent, field], { encoding: 'utf8' }).trim();
  if (control('Architecture') !== architecture.name)
    throw new TypeError(`${agent} is for ${control('Architecture')}, not for ${architecture.name}.`);
  const out = resolve(values.out ?? join(root, 'build/image', architecture.name));
  const recipe = {
    architecture,
    agent,
    keyring: file(values.keyring, 'keyring'),
    card: values.relay === undefined ? {} : { relay: values.relay },
    version: values.version ?? control('Version'),
    epoch: Number(process.env['SOURCE_DATE_EPOCH'] ?? timeOf(agent)),
    mirror: values.mirror,
    quick: values.quick,
  };
  const made: string[] = [];
  for (const folder of values.twice ? [out, `${out}-again`] : [out]) {
    const began = performance.now();
    await mkdir(folder, { recursive: true });
    const done = await makeImage(recipe, folder, (line) => console.error(`  ${line}`));
    made.push(done.digest);
    const seconds = Math.round((performance.now() - began) / 1000);
    const megabytes = (path: string) => (statSync(path).size / 1e6).toFixed(0);
    console.log(
      `flash: ${done.file} (${seconds} s; system ${megabytes(done.slot.root)} MB, kernel ${megabytes(done.slot.boot)} MB)`,
    );
    console.log(`flash: sha256 ${done.digest}`);
  }
  if (new Set(made).size > 1) throw new Error('the two images differ');
  if (values.twice) console.log('flash: made twice, the same bytes');
}

/** What scripts/package has left, where it has left one. */
function builtPackage({ name }: Architecture): string {
  const folder = join(root, 'build/packages');
  const ours = (existsSync(folder) ? readdirSync(folder) : []).filter(
    (one) => one.startsWith('nattfrid-agent_') && one.endsWith(`_${name}.deb`),
  );
  const [only] = ours;
  if (ours.length === 1 && only) return join(folder, only);
  throw new Error(
    `there is no one package of the agent in build/packages: run scripts/package agent --arch ${name}, or name it with --package.`,
  );
}

/** When the package was made, in seconds since 1970: the time of the newest file in it. */
function timeOf(agent: string): number {
  const listed = execFileSync('dpkg-deb', ['--contents', agent], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  });
  const times = [...listed.matchAll(/ (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) /g)].map(([, day, time]) =>
    Date.parse(`${day}T${time}:00Z`),
  );
  return Math.max(...times) / 1000;
}

async function update(values: Values): Promise<void> {
  const architecture = architectureOf(values.arch);
  has(updateTools);
  const folder = file(values.image, 'image');
  const [img] = readdirSync(folder).filter((one) => one.endsWith(`-${architecture.name}.img`));
  const version = values.version ?? img?.slice('nattfrid-unit-'.length, -`-${architecture.name}.img`.length);
  if (!version) throw new TypeError(`--image: ${folder} is not what «flash image --arch ${architecture.name}» leaves.`);
  const bundle = resolve(needed(values.out, 'out'));
  const slot = { boot: join(folder, 'boot.img'), root: join(folder, 'root.img') };
  const key = needed(values.key, 'key');
  const signed = { cert: file(values.cert, 'cert'), key: key.startsWith('pkcs11:') ? key : file(key, 'key') };
  await makeUpdate({ architecture, version, slot, keyring: file(values.keyring, 'keyring'), ...signed }, bundle);
  console.log(`flash: ${bundle}, version ${version}: signed, and a unit with this keyring takes it`);
}

async function cards(values: Values): Promise<void> {
  has(cardTools);
  const from = file(values.image, 'image');
  if (values.device.length === 0) throw new TypeError('--device is missing: lsblk lists what there is.');
  if (new Set(values.device).size < values.device.length) throw new TypeError('--device names a card twice.');
  const { size } = statSync(from);
  const refused = (await Promise.all(values.device.map(lookAt)))
    .map((medium) => refusal(medium, size, values.force))
    .filter((words) => words !== undefined);
  if (refused.length > 0) throw new Error(refused.join('\n'));
  const given = values.settings
    ? (JSON.parse(readFileSync(file(values.settings, 'settings'), 'utf8')) as Record<string, unknown>)
    : undefined;
  const named = values.relay === undefined ? given : { ...given, relay: values.relay };
  const settings = values.bench === undefined ? named : { ...named, bench: benchOn(values.bench) };
  if (settings && settings['relay'] === undefined)
    throw new TypeError('--relay is missing: the card would not say where the relay is.');
  const began = performance.now();
  const results = await Promise.allSettled(values.device.map((path) => writeCard(from, path, settings, showProgress)));
  let failed = 0;
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled')
      console.log(`flash: ${values.device[index]}: written and read back, sha256 ${result.value}`);
    else {
      failed += 1;
      console.error(`flash: ${result.reason instanceof Error ? result.reason.message : String(result.reason)}`);
    }
  }
  console.log(
    `flash: ${results.length - failed} of ${results.length} cards in ${Math.round((performance.now() - began) / 1000)} s`,
  );
  if (failed > 0) throw new Error(`${failed} cards are not to be used`);
}

function benchOn(folder: string): BenchAddress {
  const address = readBenchAddress(resolve(folder));
  if (!address)
    throw new TypeError(`--bench: ${folder} is no bench's folder: «scripts/flash bench --out ${folder}» makes it.`);
  return address;
}

async function bench(values: Values): Promise<void> {
  const out = resolve(needed(values.out, 'out'));
  if (values.forget) {
    const many = forgetBench(out);
    console.log(
      `flash: ${many} files overwritten: the labels, and the key that could open them. Cards that no unit has started from yet are written anew.`,
    );
    return;
  }
  const relay = values.relay === undefined ? undefined : relayOf(values.relay);
  const language = labelLanguages.find((one) => one === values.language);
  if (!language) throw new TypeError('--language is sv or en.');
  const count = values.count === undefined ? undefined : Number(values.count);
  if (count !== undefined && !(Number.isInteger(count) && count >= 0))
    throw new TypeError('--count is a whole number.');
  const listen = listenAt(values.listen);
  let stock: StockPlace | undefined;
  if (values['api-key-file'] !== undefined) {
    const apiKey = readFileSync(file(values['api-key-file'], 'api-key-file'), 'utf8').trim();
    stock = { relay: needed(relay, 'relay'), apiKey, location: values.location };
    const { protocol, hostname } = new URL(stock.relay);
    if (protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
      throw new TypeError('--relay: the key would be readable on its way to http://; name the https:// address.');
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const say = (line: string) => console.log(`flash: ${line}`);
  const unsent = await runBench({ out, listen, relay, stock, count, language }, say, stop.signal);
  if (unsent > 0)
    throw new Error(`the relay has not been told of ${unsent} units: run this again when it can be reached.`);
}

const relayOf = (url: string): string => {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new TypeError(`--relay is an address such as https://relay.example, not «${url}».`);
  return url.replace(/\/+$/, '');
};

function listenAt(given: string | undefined): { readonly address: string; readonly port: number } {
  const place = given ?? `${ownAddress() ?? ''}:${usualPort}`;
  const [, address = '', port = ''] =
    /^(?:\[([0-9a-fA-F:]+)\]|([0-9.]+)):(\d{1,5})$/.exec(place)?.filter((one) => one !== undefined) ?? [];
  if (address === '' || Number(port) > 65_535)
    throw new TypeError('--listen is ADDRESS:PORT, such as 192.168.1.20:8477.');
  if (address === '0.0.0.0' || address === '::')
    throw new TypeError('--listen: name the one address that units reach.');
  return { address, port: Number(port) };
}

const shown = new Map<string, string>();
function showProgress({ path, step, part }: Progress): void {
  const words = `${path} ${step} ${Math.floor(part * 20) * 5} %`;
  if (shown.get(path) === words) return;
  shown.set(path, words);
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${[...shown.values()].join(' · ')}${part === 1 ? '\n' : ''}`);
}

async function boot(values: Values): Promise<void> {
  const architecture = architectureOf(values.arch);
  has(machineTools(architecture));
  const seconds = Number(values.seconds);
  if (!(seconds > 0)) throw new TypeError('--seconds is a number above 0.');
  await bootTest(architecture, file(values.image, 'image'), seconds, console.log);
}

async function main(given: readonly string[]): Promise<number> {
  const { values, positionals } = read([...given]);
  const [name, ...more] = positionals;
  if (values.help) {
    console.log(help);
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || more.length > 0)
    throw new TypeError(`there is no command «${positionals.join(' ')}». See scripts/flash --help.`);
  await command(values);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`flash: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
