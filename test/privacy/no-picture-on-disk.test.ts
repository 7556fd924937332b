import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { unit } from '../stand-ins/home/client.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { openOperator } from '../stand-ins/staff/operator.ts';
import { type HomeUnderTest, homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { found, needlesOf } from '../support/needles.ts';
import { decodable, pictureBeginnings } from '../support/picture-search.ts';
import { commandOf, coreFilterOf, coreLimitOf, familyOf } from '../support/processes.ts';
import { readTrace } from '../support/trace.ts';
import { openViewer } from '../support/viewer.ts';
import { listenTo, type Wire } from '../support/wire.ts';

const chromium = findChromium(process.env);
const why =
  homeMissing() ??
  (chromium ? undefined : 'no Chromium') ??
  (mayTrace() ? undefined : 'strace is missing or may not trace here');
if (why) console.log(`SKIPPED: no picture on disk is not proven here: ${why}`);

/** The only files that unit and relay may write, and what else is no file on a disk. */
const allowed = [
  /\/unit\/unit\.db(-wal|-shm|-journal|-lock)?$/,
  // Where the access log ends: a number and a hash.
  /\/unit\/access-head\.json(\.new)?$/,
  /\/relay\.sqlite(-wal|-shm|-journal|-lock)?$/,
  /^\/dev\/(null|tty|urandom|random)$/,
  /^\/proc\/(self|thread-self|\d+)\//,
  /^\/sys\/fs\/cgroup\//,
];

/** Dumps are asked for, as far as we may, so that it is our programs that forbid them and not this machine. */
const withDumps =
  spawnSync('prlimit', ['--core=unlimited', 'true']).status === 0 ? ['prlimit', '--core=unlimited'] : [];
if (withDumps.length === 0)
  console.log('Core dumps are forbidden here already: that our programs forbid them is only read.');

describe.skipIf(why !== undefined)('no picture on any disk', () => {
  it('A1.3 through an alarm, two looks, and a unit that is killed and one that crashes in their middle', {
    timeout: 400_000,
  }, async () => {
    const traces: string[] = [];
    const logs: string[] = [];
    let folder = '';
    const traceFolder = mkdtempSync(join(tmpdir(), 'nattfrid-trace-'));
    onTestFinished(() => rmSync(traceFolder, { recursive: true, force: true }));
    vi.stubEnv('NATTFRID_LOG', 'debug');
    onTestFinished(() => void vi.unstubAllEnvs());
    {
      const wires: Wire[] = [];
      await using site = await openHomeUnderTest({
        relaySettings: { logLevel: 'debug' },
        show: (_program, line) => void logs.push(JSON.stringify(line)),
        async cameraWire(url) {
          const wire = await listenTo(url);
          wires.push(wire);
          const through = new URL(url);
          through.port = new URL(wire.address).port;
          return through.href;
        },
        // Told to stop, the tracer hands that on (-I 2): else it would be killed, and leave the program behind.
        through(program) {
          const trace = join(traceFolder, `${program}-${traces.length}.strace`);
          traces.push(trace);
          const calls = 'trace=open,openat,creat,rename,renameat,renameat2,link,linkat,mknod,memfd_create';
          return [...withDumps, 'strace', '-I', '2', '-f', '-qq', '-s', '256', '-e', calls, '-o', trace];
        },
      });
      await using _wire = wires[0];
      folder = site.folder;
      // Of its own: a browser goes on tidying up in its folder for a moment after it has been closed.
      const profile = mkdtempSync(join(tmpdir(), 'nattfrid-browser-'));
      onTestFinished(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

      // For an alarm, in a real browser; in the middle the unit is killed: what is written when a program dies is written now.
      await using operator = await openOperator(chromium as string, profile);
      await operator.signIn(site.home.address, site.home.logIns[0].email, site.home.logIns[0].password);
      await operator.seesAlarm('fall');
      await operator.takesAlarm();
      await operator.opensLook();
      await operator.seesPictures(15);
      const family = [...ours(site.home.agent.pid), ...ours(site.home.relay.pid)];
      expect(family.filter((pid) => commandOf(pid).includes('ffmpeg')).length).toBeGreaterThanOrEqual(2);
      for (const pid of family)
        expect([coreLimitOf(pid), coreFilterOf(pid), commandOf(pid)]).toEqual(['0/0', 0, commandOf(pid)]);
      kill(ours(site.home.agent.pid)[0], 'SIGKILL');
      await site.home.agent.ended;

      // In a window of the plan, at a desk whose opened pictures we hold; in the middle encoder, decoder and unit crash.
      site.home.startAgent();
      await site.until((desk) =>
        desk.units.find((one) => one.presence === 'here' && one.vitals?.camera === 'connected'),
      );
      // At the relay the look that stopped is still open: nobody but its operator ends it, and there is one at a time.
      for (const { look, state } of (await site.desk.call('desk', {}, {})).looks)
        if (state === 'open') await site.desk.call('closeLook', { look }, {});
      const opened = await lookAt(site, 15);
      const crashing = ours(site.home.agent.pid);
      for (const pid of crashing.filter((one) => commandOf(one).includes('ffmpeg'))) kill(pid, 'SIGSEGV');
      kill(crashing[0], 'SIGABRT');
      await site.home.agent.ended;

      const written = traces.flatMap((trace) => readTrace(readFileSync(trace, 'utf8')));
      const strangers = [...new Set(written)].filter((file) => !allowed.some((one) => one.test(file)));
      expect(strangers).toEqual([]);
      expect(written.some((file) => file.endsWith('unit.db'))).toBe(true);
      expect(readdirSync(process.cwd()).filter((name) => /^core(\.|$)/.test(name))).toEqual([]);

      // What stands in them, and in the browser's own folder, while everything still is as it was.
      const files = [
        ...filesIn(join(folder, 'unit')),
        ...['relay.sqlite', 'relay.sqlite-wal'].map((name) => join(folder, name)),
        ...filesIn(profile),
      ].filter(existsSync);
      expect(files.length).toBeGreaterThan(10);
      expect(files.filter((file) => holdsPicture(file, profile))).toEqual([]);

      // Nor any piece of one: of what the camera sent and of what was opened, in files, in logs, in the memory files of the system.
      const needles = [...needlesOf(Buffer.concat([...(wires[0]?.back ?? [])])), ...needlesOf(opened)];
      expect(needles.length).toBeGreaterThan(60);
      const holding = files.filter((file) => found(needles, readFileSync(file)) > 0);
      expect(holding).toEqual([]);
      const log = Buffer.from(logs.join('\n'));
      expect(found(needles, log) + pictureBeginnings(log).length).toBe(0);
      expect(/"[A-Za-z0-9+/_-]{300,}/.test(log.toString())).toBe(false);
      // The search finds what is there.
      const leak = join(folder, 'leak');
      writeFileSync(leak, Buffer.concat([Buffer.alloc(5000, 7), opened]));
      expect([found(needles, readFileSync(leak)) > 0, holdsPicture(leak, profile)]).toEqual([true, true]);
      console.log(
        `traced ${traces.length} programs: ${new Set(written).size} names opened for writing, none unknown; ` +
          `searched ${files.length} files and ${logs.length} log lines for ${needles.length} pieces of pictures: none`,
      );
    }
    expect(existsSync(folder)).toBe(false);
  });
});

/** The program behind its tracer, and its children. */
const ours = (pid: number): readonly number[] =>
  familyOf(pid).filter((one) => !/^(strace|prlimit) /.test(commandOf(one)));

const kill = (pid: number | undefined, signal: NodeJS.Signals): void => void (pid && process.kill(pid, signal));

/** @returns the opened pictures, one behind the other */
async function lookAt(site: HomeUnderTest, many: number): Promise<Buffer> {
  const key = await makeOperatorKey();
  const own = await makeSignKey();
  const asked = { unit, reason: { type: 'window', window: 'natt' }, operatorKey: toBase64Url(key.publicKey) } as const;
  const voucher = await site.home.vouch(toBase64Url(own.publicKey));
  const console = await proveConsole({ ...asked, at: printInstant(systemClock.now()) }, own, voucher);
  const { look } = await site.desk.call('openLook', {}, { ...asked, console });
  const unitPublicKey = fromBase64Url(site.home.publicKey);
  using viewer = openViewer({ address: site.home.address, cookie: site.desk.cookie, look, key, unitPublicKey });
  const answered = await site.until((desk) => {
    const one = desk.looks.find((other) => other.look === look);
    return one && one.state !== 'asked' ? (one.refusal ?? one.state) : undefined;
  });
  expect(answered).toBe('open');
  await viewer.seen(many);
  return Buffer.concat([...viewer.pictures]);
}

/** The browser's own pictures (its icons) are no pictures of anybody: they lie in folders of its own. */
const browsersOwn =
  /\/(component_crx_cache|extensions_crx_cache|Subresource Filter|WidevineCdm|hyphen-data|OptimizationHints|Safe Browsing|ShaderCache|GrShaderCache|GraphiteDawnCache|BrowserMetrics[^/]*)\//;

const assets = join(import.meta.dirname, '../../relay/console/dist/assets');
/** The console's own files as the relay serves them. Compressed ones are noise, out of which a decoder now and then reads a picture. */
const consoleFiles = () => readdirSync(assets).map((name) => readFileSync(join(assets, name)));
let built: readonly Buffer[] | undefined;

/** What of it is no file of the console: what the browser writes beside one, and anything that does not belong there. */
function besideConsoleFile(bytes: Buffer): Buffer {
  const own = (built ??= consoleFiles()).find((one) => one.length > 1000 && bytes.includes(one));
  if (!own) return bytes;
  const at = bytes.indexOf(own);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + own.length)]);
}

function holdsPicture(file: string, profile: string): boolean {
  if (file.startsWith(profile) && browsersOwn.test(file)) return false;
  // The icon of the console's tab, which the browser paints itself: a few hundred bytes of PNG.
  if (/\/Favicons(-journal)?$/.test(file) && statSync(file).size < 100_000) return false;
  const bytes = readFileSync(file);
  if (pictureBeginnings(bytes).length > 0) return true;
  if (!/\/(Cache|Code Cache|blob_storage|File System|IndexedDB|Service Worker)\//.test(file)) return false;
  const rest = besideConsoleFile(bytes);
  return rest.length > 2000 && decodable(rest) > 0;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}

function mayTrace(): boolean {
  try {
    execFileSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']);
    return true;
  } catch {
    return false;
  }
}
