/** Where the agent and the system of its image meet: the agent's own parts, and the programs that the image has, without a board. */
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelOf } from '@nattfrid/agent/pairing/label-command';
import { beginWipe, finishCutOff, wipeUnit } from '@nattfrid/agent/pairing/wipe';
import type { Answer, CallOf } from '@nattfrid/agent/serve/deed';
import { tellBusy } from '@nattfrid/agent/serve/tell-busy';
import { updateDeed, updated, updateFailed } from '@nattfrid/agent/serve/update';
import { openDatabase } from '@nattfrid/agent/store/database';
import { unitIdentity } from '@nattfrid/agent/store/identity';
import { serveTable } from '@nattfrid/agent/store/serve-table';
import { databaseFile } from '@nattfrid/agent/store/unit-key';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../image/tools.ts';

const programs = join(import.meta.dirname, '../../../image/files/usr/lib/nattfrid-image');
let folder: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-asks-'));
  mkdirSync(join(folder, 'bin'));
  env = {
    NATTFRID_UPDATE: join(folder, 'update'),
    NATTFRID_BUSY: join(folder, 'busy'),
    NATTFRID_RESTART: join(folder, 'restart'),
    NATTFRID_GRACE: '0',
  };
  program('systemctl', `echo "$*" >> ${folder}/systemctl`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, body: string): string {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}
const said = () => (existsSync(join(folder, 'systemctl')) ? readFileSync(join(folder, 'systemctl'), 'utf8') : '');
/** A program of the image, with programs of the system that only write down that they were called. */
const inImage = (name: string, ...words: string[]) =>
  run('env', [`PATH=${join(folder, 'bin')}:${process.env['PATH']}`, 'sh', join(programs, name), ...words], { env });

describe('an update that the agent has fetched', () => {
  const bundle = Buffer.from('a signed bundle '.repeat(100));
  const call: CallOf<'update'> = {
    ...({ type: 'update', call: randomUUID(), version: '0.2.0', path: '/unit/updates/0.2.0' } as const),
    ...{ bytes: bundle.length, sha256: createHash('sha256').update(bundle).digest('base64url') },
  };
  function openUnit() {
    const table = serveTable(openDatabase(':memory:'));
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const ask = program('ask', `exec env ${variables.join(' ')} sh ${join(programs, 'ask')} "$@"`);
    const done = updateDeed({
      ...{ table, folder, program: ask, version: '0.1.0', boot: 'first', log: silent, clock: systemClock },
      mayStill: () => true,
      download: async function* () {
        yield bundle;
      },
      restart: () => run(ask, ['restart']).then(() => undefined),
      task: (task) => void task,
      signal: new AbortController().signal,
    })(call, () => {}) as Promise<Answer>;
    return { table, done };
  }
  /** What systemd's path unit does. */
  const whenAsked = async () => {
    await vi.waitFor(() => expect(existsSync(join(folder, 'update/install'))).toBe(true), 10_000);
    return inImage('update');
  };

  it('is written by the system, and starts once nobody looks', async () => {
    program('rauc', `cp "$2" ${folder}/written`);
    writeFileSync(join(folder, 'busy'), '');
    const { table, done } = openUnit();
    const system = whenAsked();
    expect(await done).toMatchObject({ type: 'updating', state: 'restarting', version: '0.2.0' });
    expect(readFileSync(join(folder, 'written'))).toEqual(bundle);
    // Somebody looks: the computer does not start anew, and an agent that does meanwhile does not take that for the old slot.
    expect(said()).toBe('');
    expect(updated(table, '0.1.0', 'first')).toBeUndefined();
    rmSync(join(folder, 'busy'));
    await system;
    expect(said()).toBe('reboot\n');
    await vi.waitFor(() => expect(existsSync(join(folder, 'restart'))).toBe(true), 10_000);
    expect(updated(table, '0.2.0', 'second')).toMatchObject({ call: call.call, answer: { state: 'well' } });
  });

  it('that RAUC refuses is told as that, and nothing starts anew', async () => {
    program('rauc', 'echo "LastError: signature verification failed" >&2; exit 1');
    const { table, done } = openUnit();
    const system = whenAsked().catch(() => 'refused');
    expect(await done).toMatchObject({ type: 'refused', why: 'failed' });
    expect(await system).toBe('refused');
    expect(updateFailed(table)).toBe(true);
    expect([said(), existsSync(join(folder, 'restart'))]).toEqual(['', false]);
    expect(readFileSync(join(folder, 'update/result.json'), 'utf8')).toContain('signature verification failed');
  });
});

describe('whether the computer may start anew', () => {
  it('is told by a file that is there while somebody looks or an alarm goes on', async () => {
    const clock = movedClock(instant(Date.parse('2026-11-30T01:00:00Z')));
    const file = join(folder, 'busy');
    let mayStill = true;
    {
      using _told = tellBusy({ file, mayStill: () => mayStill, clock, log: silent });
      expect(existsSync(file)).toBe(false);
      mayStill = false;
      await clock.advance(seconds(1));
      expect(existsSync(file)).toBe(true);
      mayStill = true;
      await clock.advance(seconds(1));
      expect(existsSync(file)).toBe(false);
      mayStill = false;
      await clock.advance(seconds(1));
    }
    expect(existsSync(file)).toBe(false);
  });
});

describe('a wipe', () => {
  const secret = 'Björken 3 hemligt';
  let data: string;
  beforeEach(() => {
    data = join(folder, 'data');
    mkdirSync(data);
    env = {
      NATTFRID_FOLDER: data,
      NATTFRID_KEY: join(folder, 'key'),
      NATTFRID_STATE: join(folder, 'state'),
      NATTFRID_MEMORY: folder,
      NATTFRID_AT: join(folder, 'at'),
    };
    program('cryptsetup', 'true');
    program('blkdiscard', 'true');
    const key = Buffer.alloc(2 * 1024 * 1024);
    key.write('NATTFRID STATE 1');
    key.write('KEY-OF-THE-HOME-4711', 4096);
    writeFileSync(join(folder, 'key'), key);
    writeFileSync(join(folder, 'state'), Buffer.alloc(16 * 1024 * 1024, 'sealed keys'));
  });
  const all = (name: string) => readFileSync(join(folder, name)).toString('latin1');

  async function wiped(what: 'home' | 'label') {
    const label = await labelOf(data, 'https://relay.example');
    {
      using database = openDatabase(databaseFile(data));
      database.run('insert into kept_settings (name, value) values (?, ?)', 'camera.url', JSON.stringify(secret));
    }
    await wipeUnit(data, systemClock, what, join(data, 'wipe'));
    await inImage('wipe');
    return label;
  }

  it('destroys the key of the state, and what the label says is still so afterwards', async () => {
    const label = await wiped('home');
    expect(all('key')).not.toContain('KEY-OF-THE-HOME');
    expect(all('key')).not.toContain('NATTFRID STATE');
    expect(all('state')).not.toContain('sealed keys');
    expect(said()).toContain('--force poweroff');
    // The next start: the state is new.
    await inImage('state', 'restore');
    expect(all('key').replaceAll('\0', '')).toBe('');
    expect(await labelOf(join(folder, 'at/agent'), 'https://relay.example')).toEqual(label);
    for (const name of ['key', 'state', 'at/agent/unit.db'])
      expect(all(name)).not.toContain(Buffer.from(secret).toString('latin1'));
  });

  it('that a power cut has left half done is finished at the next start, and the system is asked then', async () => {
    await labelOf(data, 'https://relay.example');
    const identity = await (async () => {
      using database = openDatabase(databaseFile(data));
      return await unitIdentity(database);
    })();
    await beginWipe(data, identity, systemClock, 'first');
    expect(existsSync(join(data, 'wipe'))).toBe(false);
    finishCutOff(data, join(data, 'wipe'));
    expect(readFileSync(join(data, 'wipe'), 'utf8')).toBe('label\n');
    rmSync(join(data, 'wipe'));
    finishCutOff(data, join(data, 'wipe'));
    expect(existsSync(join(data, 'wipe'))).toBe(false);
  });

  it('of the label as well leaves nothing: the unit makes itself another name', async () => {
    const label = await wiped('label');
    await inImage('state', 'restore');
    expect(all('key').replaceAll('\0', '')).toBe('');
    expect((await labelOf(join(folder, 'at/agent'), 'https://relay.example')).unit).not.toBe(label.unit);
  });
});
