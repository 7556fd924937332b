import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSettings } from '../../../agent/src/config/describe.ts';
import { environmentNames } from '../../../agent/src/config/environment.ts';
import { loadConfig } from '../../../agent/src/config/load.ts';
import { Config } from '../../../agent/src/config/schema.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = {
  unit: 'unit-1',
  alias: 'Björk 3',
  relay: 'https://relay.example/',
  token: 'a-secret-of-enough-length',
  planKey: 'A'.repeat(43),
  camera: { url: 'rtsp://user:secret@camera.local/stream' },
};
const file = (content: unknown) => {
  const path = join(folder, 'unit.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('the settings of a unit', () => {
  it('are read, completed with defaults, and the relay loses its last slash', () => {
    const config = loadConfig(file(good), {});
    expect(config.relay).toBe('https://relay.example');
    expect(config.heartbeatSeconds).toBe(30);
    expect(config.room.beds).toEqual([]);
  });
  it('argument beats environment beats file', () => {
    const environment = { NATTFRID_CAMERA: 'rtsp://from-environment/', NATTFRID_TOKEN: 'token-from-the-environment' };
    const config = loadConfig(file(good), environment, { 'camera.url': 'rtsp://from-argument/' });
    expect(config.camera.url).toBe('rtsp://from-argument/');
    expect(config.token).toBe('token-from-the-environment');
  });
  it('tells every fault at once, by the name of the setting', () => {
    const wrong = { ...good, unit: 'Unit One', relay: 'relay', camera: {} };
    expect(() => loadConfig(file(wrong), {})).toThrow(/unit: .*\n.*relay: .*\n.*camera\.url: /);
  });
  it('are each named and explained in --help, with their names in the environment', () => {
    const words = describeSettings();
    const { camera, keepDays, ...others } = Config.unwrap().shape;
    const groups = {
      ...prefixed('camera.', camera.unwrap().unwrap().shape),
      ...prefixed('keepDays.', keepDays.unwrap().unwrap().shape),
    };
    const settings = { ...others, ...groups };
    for (const [name, setting] of Object.entries(settings)) {
      expect(setting.description, name).toBeTruthy();
      expect(words).toMatch(new RegExp(`^  ${name}( |$)`, 'm'));
      expect(words).toContain(setting.description);
    }
    for (const [variable, name] of Object.entries(environmentNames)) expect(words).toContain(`  ${name} (${variable})`);
    expect(words).toContain('number, 1 to 300; default 30');
  });
  for (const [name, make, words] of [
    [
      'a file that is not there',
      () => join(folder, 'none.json'),
      /cannot be read: ENOENT: no such file or directory\. It is named by --config FILE, else by NATTFRID_CONFIG/,
    ],
    ['a file that is not JSON', () => file('{"unit":'), /is not JSON/],
    ['a file that holds a list', () => file([]), /must hold one JSON object/],
  ] as const)
    it(`says what is wrong with ${name}`, () => expect(() => loadConfig(make(), {})).toThrow(words));
});

const prefixed = <Value>(group: string, values: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [group + name, value]));
