import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findChromium } from '../../scripts/demo-night/chromium.ts';
import { openOperator } from '../../scripts/demo-night/operator.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';
import { decodable, pictureBeginnings } from '../support/picture-search.ts';
import { readTrace } from '../support/trace.ts';

const chromium = findChromium(process.env);
const why =
  homeMissing() ??
  (chromium ? undefined : 'no Chromium') ??
  (mayTrace() ? undefined : 'strace is missing or may not trace here');
if (why) console.log(`SKIPPED: no picture on disk is not proven here: ${why}`);

/** The only files that unit and relay may write, and what else is no file on a disk. */
const allowed = [
  /\/unit\/unit\.db(-wal|-shm|-journal)?$/,
  /\/relay\.sqlite(-wal|-shm|-journal)?$/,
  /^\/dev\/(null|tty|urandom|random)$/,
  /^\/proc\/(self|thread-self|\d+)\//,
  /^\/sys\/fs\/cgroup\//,
];

describe.skipIf(why !== undefined)('no picture on any disk', () => {
  it('through an alarm, a look and a crash in its middle: every file that was written is known, and none holds a picture', {
    timeout: 300_000,
  }, async () => {
    const traces: string[] = [];
    const written: string[] = [];
    let folder = '';
    const traceFolder = mkdtempSync(join(tmpdir(), 'nattfrid-trace-'));
    onTestFinished(() => rmSync(traceFolder, { recursive: true, force: true }));
    {
      await using site = await openHomeUnderTest({
        through(program) {
          const trace = join(traceFolder, `${program}-${traces.length}.strace`);
          traces.push(trace);
          return [
            'strace',
            '-f',
            '-qq',
            '-s',
            '256',
            '-e',
            'trace=open,openat,creat,rename,renameat,renameat2,link,linkat,mknod,memfd_create',
            '-o',
            trace,
          ];
        },
      });
      folder = site.folder;
      const profile = join(folder, 'browser');
      mkdirSync(profile);
      await using operator = await openOperator(chromium as string, profile);
      await operator.signIn(site.home.address, site.home.logIns[0].email, site.home.logIns[0].password);
      await operator.seesAlarm('fall');
      await operator.takesAlarm();
      await operator.opensLook();
      await operator.seesPictures(15);
      // In the middle of the look: whatever is written when a program dies is written now.
      site.home.agent.kill('SIGKILL');
      await site.home.agent.ended;
      for (const trace of traces) written.push(...readTrace(readFileSync(trace, 'utf8')));
      const strangers = [...new Set(written)].filter((file) => !allowed.some((one) => one.test(file)));
      expect(strangers).toEqual([]);
      expect(written.some((file) => file.endsWith('unit.db'))).toBe(true);

      // What stands in them, and in the browser's own folder, while everything still is as it was.
      const files = [
        ...filesIn(join(folder, 'unit')),
        join(folder, 'relay.sqlite'),
        join(folder, 'relay.sqlite-wal'),
        ...filesIn(profile),
      ].filter(existsSync);
      expect(files.length).toBeGreaterThan(10);
      const holding = files.filter((file) => holdsPicture(file, profile));
      expect(holding).toEqual([]);
    }
    expect(existsSync(folder)).toBe(false);
  });
});

/** The browser's own pictures (its icons) are no pictures of anybody: they lie in folders of its own. */
const browsersOwn =
  /\/(component_crx_cache|extensions_crx_cache|Subresource Filter|WidevineCdm|hyphen-data|OptimizationHints|Safe Browsing|ShaderCache|GrShaderCache|GraphiteDawnCache|BrowserMetrics[^/]*)\//;

function holdsPicture(file: string, profile: string): boolean {
  if (file.startsWith(profile) && browsersOwn.test(file)) return false;
  // The icon of the console's tab, which the browser paints itself: a few hundred bytes of PNG.
  if (/\/Favicons(-journal)?$/.test(file) && statSync(file).size < 100_000) return false;
  const bytes = readFileSync(file);
  return (
    pictureBeginnings(bytes).length > 0 ||
    (bytes.length > 2000 &&
      /\/(Cache|Code Cache|blob_storage|File System|IndexedDB|Service Worker)\//.test(file) &&
      decodable(bytes) > 0)
  );
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
