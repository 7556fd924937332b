/** An update as a unit makes it: fetched whole or not at all, refused by the program that checks its signature or not, and told what came of it. */
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, CallOf } from '@nattfrid/agent/serve/deed';
import { openSurvey } from '@nattfrid/agent/serve/survey';
import { type UpdateParts, updateDeed, updated, updateFailed } from '@nattfrid/agent/serve/update';
import { openDatabase } from '@nattfrid/agent/store/database';
import { serveTable } from '@nattfrid/agent/store/serve-table';
import { silent } from '@nattfrid/shared/log/logger';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-update-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bundle = Buffer.from('a signed bundle '.repeat(1000));
const call: CallOf<'update'> = {
  ...({ type: 'update', call: randomUUID(), version: '0.2.0', path: '/unit/updates/0.2.0' } as const),
  ...{ bytes: bundle.length, sha256: createHash('sha256').update(bundle).digest('base64url') },
};

/** Stands in for RAUC: keeps what it was given, and says whether it is signed. */
function installer(signed: boolean): string {
  const file = join(folder, signed ? 'rauc' : 'rauc-unsigned');
  const refuse = 'echo "signature verification failed" >&2; exit 1';
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1" = install ] || exit 3\ncp "$2" ${folder}/installed\n${signed ? 'exit 0' : refuse}\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

function openUnit(given: Partial<UpdateParts> = {}) {
  const clock = movedClock(instant(Date.parse('2026-11-29T18:00:00Z')));
  const table = serveTable(openDatabase(':memory:'));
  const told: string[] = [];
  let restarts = 0;
  const parts: UpdateParts = {
    ...{ table, folder, program: installer(true), version: '0.1.0', log: silent, mayStill: () => true, clock },
    download: async function* () {
      for (let at = 0; at < bundle.length; at += 4096) yield bundle.subarray(at, at + 4096);
    },
    boot: undefined,
    restart: async () => void restarts++,
    task: () => {},
    signal: new AbortController().signal,
    ...given,
  };
  const words = (answer: Answer) =>
    answer.type === 'updating'
      ? `${answer.state}${answer.percent ? ` ${answer.percent}` : ''}`
      : answer.type === 'refused'
        ? answer.why
        : '';
  const ask = async (asked = call) => {
    const last = words(await updateDeed(parts)(asked, (one) => told.push(words(one))));
    return [...told, last];
  };
  return { table, ask, clock, restarts: () => restarts };
}
const left = () => existsSync(join(folder, 'update.bundle'));

describe('an update', () => {
  it('is fetched whole, installed, and told until the unit is started again', async () => {
    const { ask, table, restarts } = openUnit();
    expect(await ask()).toEqual([
      'fetching',
      'fetching 25',
      'fetching 51',
      'fetching 76',
      'fetching 100',
      'installing',
      'restarting',
    ]);
    expect(readFileSync(join(folder, 'installed'))).toEqual(bundle);
    expect([left(), restarts()]).toEqual([false, 1]);
    expect(updated(table, '0.2.0')).toMatchObject({ call: call.call, answer: { state: 'well', version: '0.2.0' } });
    expect(updated(table, '0.2.0')).toBeUndefined();
    expect(updateFailed(table)).toBe(false);
  });

  it('after which the old one runs again is told as that, and stands as a fault', async () => {
    const { ask, table } = openUnit();
    await ask();
    expect(updated(table, '0.1.0')).toMatchObject({ answer: { state: 'back', version: '0.2.0' } });
    expect(updateFailed(table)).toBe(true);
  });

  it('is not started while somebody lies on the floor, and is once that is over', async () => {
    let asked = 0;
    let isFallen = false;
    // The fall comes while it is installed.
    const mayStill = () => (asked++ === 0 ? true : !isFallen);
    const { ask, restarts, clock } = openUnit({ mayStill, task: (done) => void done.catch(() => {}) });
    isFallen = true;
    expect((await ask()).at(-1)).toBe('restarting');
    await clock.advance(minutes(5));
    expect(restarts()).toBe(0);
    isFallen = false;
    await clock.advance(minutes(1));
    expect(restarts()).toBe(1);
  });

  for (const [story, given, asked, why] of [
    ['that nobody has signed is not kept', { program: 'unsigned' }, {}, 'failed'],
    ['that is longer than was said is not installed', {}, { bytes: 100 }, 'failed'],
    ['that is cut off is not installed', {}, { bytes: bundle.length + 1 }, 'failed'],
    [
      'of other bytes is not installed',
      {},
      { sha256: createHash('sha256').update('other').digest('base64url') },
      'failed',
    ],
    ['that is older is refused before it is fetched', {}, { version: '0.0.9' }, 'failed'],
    ['of the same version is refused before it is fetched', {}, { version: '0.1.0' }, 'failed'],
    [
      'that would fill the disk is refused before it is fetched',
      { freeBytes: async () => 70_000_000 },
      { bytes: 10_000_000 },
      'failed',
    ],
    ['of any length that a relay names is refused', {}, { bytes: 2 ** 40 }, 'failed'],
    ['of a unit that has no program for it is not known', { program: undefined }, {}, 'not-known'],
    ['that is fetched when somebody begins to look waits', { mayStill: () => false }, {}, 'look-open'],
  ] as const)
    it(story, async () => {
      const program = 'program' in given && given.program === 'unsigned' ? { program: installer(false) } : given;
      const { ask, restarts } = openUnit(program as Partial<UpdateParts>);
      expect((await ask({ ...call, ...asked })).at(-1)).toBe(why);
      expect([left(), restarts()]).toEqual([false, 0]);
      if (!story.includes('signed')) expect(existsSync(join(folder, 'installed'))).toBe(false);
    });
});

describe('a survey', () => {
  it('goes on after a restart, and tells of the whole time when it is over', async () => {
    const clock = movedClock(instant(Date.parse('2026-11-29T18:00:00Z')));
    const table = serveTable(openDatabase(join(folder, 'unit.db')));
    const told: Answer[] = [];
    const open = () =>
      openSurvey({
        ...{ table, clock, log: silent, tell: (_call, answer) => told.push(answer) },
        measure: async () => ({ type: 'registered', rsrpDbm: -97 }),
      });
    const until = printInstant(after(clock.now(), hours(2)));
    {
      using survey = open();
      await survey.deeds.survey?.({ type: 'survey', call: randomUUID(), until }, () => {});
      await clock.advance(minutes(60));
    }
    {
      using _again = open();
      await clock.advance(minutes(61));
    }
    const last = told.at(-1);
    expect(last).toMatchObject({ type: 'surveyed', over: true, worst: -97, lost: 0 });
    expect(last?.type === 'surveyed' && last.samples).toBeGreaterThan(230);
    expect(table.samples()).toEqual([]);
  });
});
