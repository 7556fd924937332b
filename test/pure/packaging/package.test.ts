/** What a package is made of: models by digest, paths, services with their walls, versions in Debian's order, a list of parts that fits its schema. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { describe, expect, it } from 'vitest';
import { purlOf } from '../../../packaging/contents.ts';
import { holds } from '../../../packaging/from-npm.ts';
import { maintainerScripts } from '../../../packaging/maintainer-scripts.ts';
import { copyModels } from '../../../packaging/models.ts';
import { ownPaths } from '../../../packaging/own-paths.ts';
import { programs } from '../../../packaging/program.ts';
import { type Item, sbom } from '../../../packaging/sbom.ts';
import { serviceOfPackage, starter } from '../../../packaging/starter.ts';
import { afterRelease } from '../../../packaging/state.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const agent = programs.agent;

describe('models', () => {
  it('are those that the agent opens, and no other', () => {
    const opened = readFileSync(join(root, 'agent/src/perceive/models.ts'), 'utf8');
    const { models } = JSON.parse(readFileSync(join(root, 'models/manifest.json'), 'utf8')) as {
      models: { name: string }[];
    };
    expect(models.map(({ name }) => name).filter((name) => opened.includes(`'${name}'`))).toEqual(agent.models);
  });

  it('end the build where one is another than the manifest says, or is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nattfrid-models-'));
    try {
      mkdirSync(join(folder, 'models/built'), { recursive: true });
      cpSync(join(root, 'models/manifest.json'), join(folder, 'models/manifest.json'));
      const copied = () => copyModels(['nanodet'], folder, join(folder, 'package'));
      await expect(copied()).rejects.toThrow('models/built/nanodet.onnx is missing. Build it: npm run build:models');
      writeFileSync(join(folder, 'models/built/nanodet.onnx'), 'another');
      await expect(copied()).rejects.toThrow(
        /nanodet\.onnx is not the model of models\/manifest\.json .* Build it anew/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('paths that our sources find by their own place', () => {
  const plugin = ownPaths('/house', new Map([['/house/models/built', './models/built']])) as unknown as {
    transform(code: string, id: string): { code: string } | undefined;
  };
  for (const [name, code, expected] of [
    [
      'lie beside the module',
      `new URL('../models/built', import.meta.url)`,
      `new URL('./models/built', import.meta.url)`,
    ],
    ['end the build where the package does not have them', `new URL('./page.html', import.meta.url)`, /no such file/],
    ['end the build where they are asked for otherwise', 'import.meta.dirname', /asks for its own place/],
  ] as const)
    it(name, () => {
      const rewritten = () => plugin.transform(code, '/house/agent/main.ts')?.code;
      if (typeof expected === 'string') expect(rewritten()).toBe(expected);
      else expect(rewritten).toThrow(expected);
    });
});

describe('services of a package', () => {
  for (const program of Object.values(programs))
    for (const service of program.services)
      it(`${service} keeps every wall and names the program of the package`, () => {
        const clone = readFileSync(join(root, service), 'utf8');
        const packaged = serviceOfPackage(clone, program);
        const walls = (text: string) => text.split('\n').filter((line) => !/^(ExecStart|Documentation)=/.test(line));
        expect(walls(packaged)).toEqual(walls(clone));
        expect(packaged).not.toContain('/opt/');
        if (clone.includes('ExecStart=')) expect(packaged).toContain(`/usr/bin/${program.name}`);
        // The user and the folders that an installation makes are those that the service wants.
        for (const [, user] of clone.matchAll(/^User=(.*)$/gm)) expect(user).toBe(program.user);
        for (const [, config] of clone.matchAll(/NATTFRID_CONFIG=(.*)\/[^/]+$/gm))
          expect(config).toBe(program.settings);
      });
});

it('scripts of a package are shell that a shell can read, and a relay keeps its log in a purge', () => {
  const scripts = Object.values(programs).flatMap((one) => [starter(one), ...Object.values(maintainerScripts(one))]);
  for (const script of scripts) execFileSync('sh', ['-n'], { input: script });
  expect(maintainerScripts(agent).postrm).toContain('rm -rf /var/lib/nattfrid /etc/nattfrid');
  expect(maintainerScripts(programs.relay).postrm).not.toContain('rm -rf');
});

it('the relay starts with jemalloc in place of the C library where it is installed, and without a word where it is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-starter-'));
  const inside = join(folder, 'lib/nattfrid-relay');
  const program = join(folder, 'bin/nattfrid-relay');
  for (const one of [inside, join(folder, 'bin')]) mkdirSync(one, { recursive: true });
  writeFileSync(join(inside, 'node'), '#!/bin/sh\necho "$LD_PRELOAD $MALLOC_CONF"\n', { mode: 0o755 });
  const says = (script: string) => {
    writeFileSync(program, script, { mode: 0o755 });
    return spawnSync(program, { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  };
  const script = starter(programs.relay);
  expect(globSync('/usr/lib/*/libjemalloc.so.2'), 'apt-get install libjemalloc2').toHaveLength(1);
  expect(says(script).stdout).toMatch(/^\/usr\/lib\/[^ ]+\/libjemalloc\.so\.2 .*dirty_decay_ms:0/);
  expect(says(script.replaceAll('jemalloc', 'absent'))).toMatchObject({
    stdout: expect.stringMatching(/^ /),
    stderr: '',
  });
  rmSync(folder, { recursive: true });
});

it('versions after a release come after it and before the next, in the order of their commits', () => {
  const [one, other] = ['2026-11-29T20:15:00Z', '2026-11-29T20:15:01Z'].map((at) =>
    afterRelease('0.1.0', 'f'.repeat(40), new Date(at), false),
  );
  const order = ['0.1.0', one!, other!, '0.1.1'];
  for (const [index, version] of order.slice(1).entries())
    execFileSync('dpkg', ['--compare-versions', order[index]!, 'lt', version]);
});

it('an npm package that is not what the lock file says is refused', () => {
  const bytes = Buffer.from('a package');
  const right = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  expect([holds(bytes, right), holds(Buffer.from('another'), right), holds(bytes, 'sha1-abc')]).toEqual([
    true,
    false,
    false,
  ]);
});

it('a list of parts is CycloneDX, and the same each time', async () => {
  const sha256 = 'a'.repeat(64);
  const whole: Item = { type: 'application', name: agent.name, version: '0.1.0', licence: 'Apache-2.0' };
  const items: readonly Item[] = [
    { type: 'library', name: '@hpke/core', version: '1.9.0', licence: 'MIT', purl: purlOf('@hpke/core', '1.9.0') },
    { type: 'library', name: 'qr', version: '0.7.0', licence: '(MIT OR Apache-2.0)' },
    { type: 'model', name: 'nanodet', version: '3.0.4', licence: 'Apache-2.0', sha256 },
    {
      ...{ type: 'platform', name: 'node', version: '24.0.0', licence: 'MIT', sha256 },
      holds: [{ ...whole, name: 'zlib' }],
    },
  ];
  const made = sbom(whole, items, new Date(0));
  expect(await new JsonStrictValidator(Version.v1dot6).validate(made)).toBeNull();
  expect(sbom(whole, items.toReversed(), new Date(0))).toBe(made);
  expect(made).toContain('pkg:npm/%40hpke/core@1.9.0');
});
