/** Settings of the relay: file < environment < arguments, and every fault told at once in words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSettings, loadSettings } from '@nattfrid/relay/config/load';
import { Settings } from '@nattfrid/relay/config/schema';
import { Fault } from '@nattfrid/shared/fault/fault';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'nattfrid-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (text: string) => {
  const path = join(folder, `${Math.abs(text.length)}.json`);
  writeFileSync(path, text);
  return path;
};
const secret = 's'.repeat(40);
const key = 'k'.repeat(43);
const load = (words: readonly string[], environment: Record<string, string> = {}) => {
  const settings = loadSettings({ arguments: words, environment });
  return settings instanceof Fault ? settings.message : settings;
};

describe('settings', () => {
  it('of an argument win over the environment, and those over the file', () => {
    const config = file(JSON.stringify({ secret, port: 1, host: 'a', database: 'file.sqlite' }));
    const environment = { NATTFRID_CONFIG: config, NATTFRID_PORT: '2', NATTFRID_HOST: 'b' };
    expect(load(['--port', '3'], environment)).toMatchObject({ port: 3, host: 'b', database: 'file.sqlite' });
  });

  it('have defaults for all but the secret, and cannot be changed', () => {
    const settings = load(['--secret', secret]);
    expect(settings).toMatchObject({ port: 8080, host: '127.0.0.1', silentAfterSeconds: 90 });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('name the municipalities and their keys', () =>
    expect(load(['--secret', secret, '--plan-keys', `falkoping=${key},nynashamn=${key}`])).toMatchObject({
      planKeys: { falkoping: key, nynashamn: key },
    }));

  it('that are wrong are all told at once', () => {
    const words = load(['--port', 'many', '--tls-cert', 'cert.pem', '--plan-keys', 'falkoping=short']);
    for (const name of ['port:', 'secret:', 'planKeys.falkoping:', 'tlsCert and tlsKey']) expect(words).toContain(name);
  });

  for (const [name, words, expected] of [
    ['an argument that there is not', ['--prot', '1'], 'There is no argument --prot'],
    ['an argument without its value', ['--port'], '--port needs a value'],
    ['a file that is not there', ['--config', '/nowhere/nattfrid.json'], 'cannot be read'],
    ['a file that is no JSON', ['--config', file('{')], 'is not a JSON object'],
    ['a setting that there is not', ['--config', file(JSON.stringify({ secret, colour: 'red' }))], 'colour'],
  ] as const)
    it(`tell of ${name}`, () => expect(load(words)).toContain(expected));

  it('are each described', () => {
    const words = describeSettings();
    for (const [name, setting] of Object.entries(Settings.shape)) {
      expect(setting.description, name).toBeTruthy();
      expect(words).toContain(setting.description);
    }
    for (const line of ['--tls-cert VALUE (NATTFRID_TLS_CERT)', 'whole number, 0 to 65535; default 8080', '; needed'])
      expect(words).toContain(line);
  });
});
