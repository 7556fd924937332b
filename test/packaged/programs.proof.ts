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

/** As on a machine that has nothing but Debian: no word of this one's environment. */
const run = (program: string, ...words: string[]) =>
  spawnSync(program, words, { cwd: '/', encoding: 'utf8', env: { PATH: '/usr/bin:/bin' }, timeout: 60_000 });

for (const name of names)
  describe(`the packaged ${name}`, () => {
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
      const clone = run(process.execPath, join(root, `${name.slice('nattfrid-'.length)}/src/main.ts`), '--help');
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
      const ended = run(packaged.program, '--config', join(folder, 'wrong.json'));
      expect(ended).toMatchObject({ status: 2, stdout: '' });
      expect(ended.stderr).toContain('noSuchSetting');
      expect(run(packaged.program, '--no-such-thing', '1')).toMatchObject({ status: 2, stdout: '' });
    });

    it('imports nothing but Node and what lies beside it', () => {
      for (const module of readdirSync(packaged.inside).filter((file) => file.endsWith('.js'))) {
        const code = readFileSync(join(packaged.inside, module), 'utf8');
        const asked = [...code.matchAll(/(?:\bfrom|\bimport|__require\()\s*(["'`])([^"'`\s]+)\1/g)].map(
          ([, , what]) => what!,
        );
        expect(asked.length).toBeGreaterThan(0);
        expect([...new Set(asked)].filter((what) => !isBuiltin(what) && what !== './onnxruntime_binding.node')).toEqual(
          [],
        );
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

  for (const model of ['nanodet', 'blazepose-full'])
    it(`says that ${model} is missing, or is another one, and does not watch`, () => {
      const gone = start((inside) => rmSync(join(inside, `models/built/${model}.onnx`)));
      expect(gone.status).toBe(1);
      expect(gone.stderr).toContain(model);
      const other = start((inside) => writeFileSync(join(inside, `models/built/${model}.onnx`), 'not a model'));
      expect(other.status).toBe(1);
      expect(other.stderr).toContain(model);
    });
});
