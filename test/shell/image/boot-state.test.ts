import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { architectures } from '../../../image/architecture.ts';
import { environmentBlock, firstBootState, tries } from '../../../image/boot-loader.ts';
import { raucSettings } from '../../../image/system.ts';

const programs = `${import.meta.dirname}/../../../image/files/usr/lib/nattfrid-image`;
const first = 4096;
const second = 65536;
let folder: string;
let device: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-boot-state-'));
  device = join(folder, 'device');
  const bytes = Buffer.alloc(131072);
  for (const at of [first, second]) environmentBlock(firstBootState).copy(bytes, at);
  writeFileSync(device, bytes);
  const text = readFileSync(join(programs, 'boot-state'), 'utf8');
  writeFileSync(join(folder, 'boot-state'), text.replace('@first@', String(first)).replace('@second@', String(second)));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ask = (...words: string[]) =>
  execFileSync('sh', [join(folder, 'boot-state'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, NATTFRID_BOOT_STATE: device },
  }).trim();
const spoil = (at: number) => {
  const bytes = readFileSync(device);
  bytes.fill(0xff, at, at + 512);
  writeFileSync(device, bytes);
};

describe('which slot starts', () => {
  it('is A on a new card, and B is not there yet', () => {
    expect(ask('get-primary')).toBe('A');
    expect(ask('get-state', 'B')).toBe('bad');
  });

  it('is B once an update has been written, with a few tries until it has shown that it is good', () => {
    ask('set-state', 'B', 'bad');
    ask('set-primary', 'B');
    expect(ask('show')).toBe(`order=B A A_LEFT=${tries.good} B_LEFT=${tries.new} A_GOOD=0 B_GOOD=0`);
    expect(ask('get-state', 'B')).toBe('good');
    ask('mark-good', 'B');
    expect(ask('show')).toBe(`order=B A A_LEFT=${tries.good} B_LEFT=${tries.good} A_GOOD=0 B_GOOD=1`);
  });

  it('is A again when B has failed and A has shown that it is good', () => {
    ask('set-primary', 'B');
    ask('set-state', 'B', 'bad');
    ask('mark-good', 'A');
    expect(ask('get-primary')).toBe('A');
    expect(ask('get-state', 'B')).toBe('bad');
  });

  it('is still known when the power was cut while the first copy was written', () => {
    ask('mark-good', 'A');
    ask('set-primary', 'B');
    spoil(first);
    expect(ask('get-primary')).toBe('B');
  });

  it('is A where both copies are gone', () => {
    spoil(first);
    spoil(second);
    expect(ask('get-primary')).toBe('A');
  });

  it('stands in blocks that the boot loader reads: 1024 bytes each, nothing beside them touched', () => {
    const before = readFileSync(device);
    ask('set-primary', 'B');
    const after = readFileSync(device);
    expect(after).toHaveLength(before.length);
    for (const at of [first, second]) {
      expect(after.subarray(at, at + 1024).toString()).toMatch(/^# GRUB Environment Block\nORDER=B A\n[\s\S]*\n#+$/);
      before.fill(0, at, at + 1024);
      after.fill(0, at, at + 1024);
    }
    expect(after.equals(before)).toBe(true);
  });
});

describe('a unit takes an update', () => {
  const offer = (offered: string, running: string) => {
    writeFileSync(join(folder, 'version'), `${running}\n`);
    writeFileSync(
      join(folder, 'manifest.raucm'),
      `[update]\ncompatible=x\nversion=${offered}\n\n[bundle]\nformat=verity\n`,
    );
    const env = { ...process.env, NATTFRID_IMAGE: folder, RAUC_BUNDLE_MOUNT_POINT: folder };
    return spawnSync('sh', [join(programs, 'before-update')], { env, encoding: 'utf8' });
  };
  for (const [offered, running, taken] of [
    ['0.2.0', '0.1.0', true],
    ['0.10.0', '0.9.0', true],
    ['0.1.0', '0.1.0', true],
    ['0.1.0+20261129200653.5a324d2', '0.1.0', true],
    ['0.1.0', '0.1.0+20261129200653.5a324d2', false],
    ['0.9.0', '0.10.0', false],
    ['', '0.1.0', false],
  ] as const)
    it(`of version «${offered}» over ${running}: ${taken ? 'yes' : 'no'}`, () =>
      expect(offer(offered, running).status === 0).toBe(taken));
});

describe('what a unit asks of an update', () => {
  const settings = raucSettings(architectures.arm64);
  it('is a signature for code, by its own keyring, over every block, whatever the clock says', () => {
    expect(settings).toContain('check-purpose=codesign');
    expect(settings).toContain('use-bundle-signing-time=true');
    expect(settings).toContain('bundle-formats=-plain');
    expect(settings).toContain('compatible=nattfrid-unit-arm64');
  });
});
