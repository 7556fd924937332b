/** The packaged programs alone: they explain themselves, name what is wrong, and need nothing but what is in their folder. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Away, away, root } from './built.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const names = ['nattfrid-agent', 'nattfrid-relay'] as const;

/** Libraries try these and go on without them. */
const doneWithout = new Set(['bufferutil', 'utf-8-validate']);

/** As on a machine that has nothing but Debian: no word of this one's environment. */
const run = (program: string, ...words: string[]) =>
  spawnSync(program, words, { cwd: '/', encoding: 'utf8', env: { PATH: '/usr/bin:/bin' }, timeout: 60_000 });

for (const name of names)
  describe(`the packaged ${name}`, () => {
    const main = join(root, `${name.slice('nattfrid-'.length)}/src/main.ts`);
    let packaged: Away;
    let folder: string;
    beforeAll(() => {
      packaged = away(name);
      folder = mkdtempSync(join(tmpdir(), 'nattfrid-settings-'));
    });
    afterAll(() => {
      packaged[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    it('explains itself and tells its version, as the clone does', () => {
      const clone = run(process.execPath, main, '--help');
      expect(run(packaged.program, '--help')).toMatchObject({ status: 0, stdout: clone.stdout });
      expect(clone.stdout).toContain(`Usage: ${name} `);
      expect(run(packaged.program, '--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    });

    it('runs by a link to it, as from /usr/local/bin', () => {
      symlinkSync(packaged.program, join(folder, 'linked'));
      expect(run(join(folder, 'linked'), '--version')).toMatchObject({ status: 0, stdout: `${version}\n` });
    });

    it('ends with 2 where a setting is wrong, and says which', () => {
      writeFileSync(join(folder, 'wrong.json'), '{ "noSuchSetting": 1 }');
      const words = ['--config', join(folder, 'wrong.json')];
      const { stderr } = run(process.execPath, main, ...words);
      expect(stderr).toMatch(/settings (in \S+wrong\.json )?are (not right|wrong):/);
      expect(run(packaged.program, ...words)).toMatchObject({ status: 2, stdout: '', stderr });
      expect(run(packaged.program, '--no-such-thing', '1')).toMatchObject({ status: 2, stdout: '' });
    });

    // What a module imports by name, the bundler has seen; this is what libraries ask for while they run.
    it('asks for nothing but Node and what lies beside it', () => {
      for (const module of readdirSync(packaged.inside).filter((file) => file.endsWith('.js'))) {
        const code = readFileSync(join(packaged.inside, module), 'utf8');
        const asked = new Set([...code.matchAll(/__require\("([^"]+)"\)/g)].map(([, what]) => what!));
        const wanted = [...asked].filter((what) => !isBuiltin(what) && what !== './onnxruntime_binding.node');
        expect(wanted.filter((what) => !doneWithout.has(what))).toEqual([]);
      }
    });
  });

describe('the packaged agent without one of its models', () => {
  const start = (break_: (inside: string) => void) => {
    using packaged = away('nattfrid-agent');
    break_(packaged.inside);
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-model-'));
    try {
      const file = join(folder, 'unit.json');
      const settings = { unit: 'enhet-1', alias: 'Björken 3', relay: 'http://127.0.0.1:9', token: 't'.repeat(32) };
      const camera = { url: 'rtsp://127.0.0.1:9/none' };
      writeFileSync(file, JSON.stringify({ ...settings, planKey: 'k'.repeat(43), camera, data: join(folder, 'data') }));
      return run(packaged.program, '--config', file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  for (const model of ['nanodet', 'blazepose-full', 'nanodet-night'])
    it(`says that ${model} is missing, or is another one, and does not watch`, () => {
      const gone = start((inside) => rmSync(join(inside, `models/built/${model}.onnx`)));
      expect(gone.status).toBe(1);
      expect(gone.stderr).toContain(model);
      const other = start((inside) => writeFileSync(join(inside, `models/built/${model}.onnx`), 'not a model'));
      expect(other.status).toBe(1);
      expect(other.stderr).toContain(model);
    });
});
