/** A bundle for support: nothing in it says who lives there, however much of it a unit knows. */
import { type BundleParts, bundleOf } from '@nattfrid/agent/serve/bundle';
import { surveyed } from '@nattfrid/agent/serve/survey';
import { surveyVerdict } from '@nattfrid/shared/domain/survey';
import { isNewer } from '@nattfrid/shared/domain/version';
import { instant } from '@nattfrid/shared/time/instant';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import { describe, expect, it } from 'vitest';

/** Whatever of a home, its people or its plan a log or vitals could bear; each is found by its mark. */
const marked = [
  ...['Gunborg', 'MARK Alias', 'mark-alias', 'Storgatan 4', 'rtsp://anna:MARK@192.0.2.5/stream1', '192.0.2.77'],
  ...['https://relay.MARK.example', '8f14e45f-ceea-467f-9c3c-4d2b9a1f0001', 'MARKnyckel', 'bed by the MARK window'],
  ...['data:image/png;base64,MARKaaaa', 'anna.MARK@testby.se', '0701234567', '19350412-1234', 'operator-MARK'],
];
const names = [
  ...['unit', 'camera', 'plan', 'alias', 'client', 'words', 'look', 'alarm', 'operator', 'name', 'address', 'url'],
  ...['code', 'why', 'what', 'kind', 'version', 'evidence', 'letter', 'call', 'halt', 'at', 'since', 'until', 'fault'],
];

const vitals: Vitals = {
  ...{ uptimeSeconds: 12, camera: 'connected', picturesPerSecond: 10, analysedPerSecond: 9.5, droppedPictures: 0 },
  ...{ outboxDepth: 0, memoryMegabytes: 210, lookOpen: false, power: 'mains' },
};
const parts = (more: Partial<BundleParts> = {}): BundleParts => ({
  checks: async () => [{ name: 'signal', state: 'well', code: 'signal-good', figures: { rsrpDbm: -90 } }],
  vitals: () => [{ at: '2026-11-29T20:00:00.000Z', vitals }],
  lines: () => [],
  waiting: () => 0,
  versions: { agent: '0.1.0', node: 'v24.1.0', models: ['nanodet 1.0'] },
  at: () => '2026-11-29T20:00:00.000Z',
  ...more,
});
const text = async (more: Partial<BundleParts>) => JSON.stringify(await bundleOf(parts(more)));

describe('a bundle', () => {
  it('has checks, vitals, versions and what the log said', async () => {
    const line = { at: '2026-11-29T20:00:00.000Z', level: 'warn', sentence: 'Camera lost' } as const;
    const found = await bundleOf(parts({ lines: () => [{ ...line, fields: { code: 'camera-silent', seconds: 12 } }] }));
    expect(found).toMatchObject({
      checks: [{ code: 'signal-good' }],
      vitals: [{ camera: 'connected', picturesPerSecond: 10, power: 'mains' }],
      lines: [{ sentence: 'Camera lost', code: 'camera-silent', seconds: 12 }],
    });
  });

  it('has nothing of a home in it, whatever stands in whichever field of the log', async () => {
    const lines = names.flatMap((name) =>
      marked.map((value) => ({
        ...({ at: '2026-11-29T20:00:00.000Z', level: 'info', sentence: 'Something happened' } as const),
        fields: { [name]: value, [`${name}Too`]: value },
      })),
    );
    const found = await text({ lines: () => lines });
    expect(marked.filter((value) => found.includes(value))).toEqual([]);
    expect(found.toLowerCase()).not.toContain('mark');
  });

  it('has nothing of the plan, the halt or the access log of the vitals but their state', async () => {
    const all: Vitals = {
      ...vitals,
      plan: { version: 7, state: 'in-force', endsAt: '2027-01-31T00:00:00.000Z' },
      halt: { why: 'paused', since: '2026-11-29T00:00:00.000Z', until: '2026-12-02T00:00:00.000Z' },
      accessLog: { line: 12, hash: 'MARKmarkMARK' },
    };
    const found = await text({ vitals: () => [{ at: '2026-11-29T20:00:00.000Z', vitals: all }] });
    expect(JSON.parse(found).vitals).toMatchObject([{ plan: 'in-force', halt: 'paused' }]);
    for (const kept of ['2027-01-31', '2026-12-02', 'MARK']) expect(found).not.toContain(kept);
  });

  it('stays within what its parts bear, and keeps the newest', async () => {
    const line = {
      level: 'info',
      sentence: 'Something happened again and again and again',
      fields: { many: 1 },
    } as const;
    const lines = Array.from({ length: 9000 }, (_, at) => ({ ...line, at: `line ${at}` }));
    const found = await text({ lines: () => lines });
    expect(found.length).toBeLessThanOrEqual(480_000);
    expect(found).toContain('line 8999');
  });
});

describe('A3.12 a survey', () => {
  const samples = (values: readonly (number | undefined)[]) => values.map((rsrpDbm, at) => ({ at, rsrpDbm }));
  const many = (value: number | undefined, count: number) => Array.from({ length: count }, () => value);
  for (const [story, values, expected] of [
    ['of a good place', many(-92, 100), 'go'],
    ['of a place that is good nearly always', [...many(-92, 96), ...many(-108, 4)], 'go'],
    ['of a weak place', [...many(-98, 90), ...many(-106, 10)], 'weak'],
    ['of a place at the edge', [...many(-100, 90), ...many(-113, 10)], 'no-go'],
    ['of a place where the network goes now and then', [...many(-90, 95), ...many(undefined, 5)], 'no-go'],
    ['of a place without a network', many(undefined, 100), 'no-go'],
    ['of a minute', many(-80, 5), undefined],
  ] as const)
    it(`${story} says ${expected ?? 'nothing yet'}`, () => {
      const told = surveyed(samples(values), { from: 0, until: 9 }, instant(9), true);
      expect(told.type === 'surveyed' && surveyVerdict(told)).toBe(expected);
    });
});

describe('a version', () => {
  for (const [one, than, expected] of [
    ['0.2.0', '0.1.9', true],
    ['0.10.0', '0.9.0', true],
    ['0.1.0', '0.1.0', false],
    ['0.1.0', '0.2.0', false],
    ['newest', '0.1.0', false],
  ] as const)
    it(`${one} is ${expected ? '' : 'not '}newer than ${than}`, () => expect(isNewer(one, than)).toBe(expected));
});
