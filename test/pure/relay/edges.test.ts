/** The small pure rules at the relay's edges: topics, packet lengths, viewers, limits, origins, the audit chain. */

import { writeOpenApi } from '@nattfrid/relay/api/openapi';
import { isOurOwn } from '@nattfrid/relay/api/origin';
import { chainStart, hashLine } from '@nattfrid/relay/audit/chain';
import { checkLines, nothingChecked } from '@nattfrid/relay/audit/check';
import { openRate } from '@nattfrid/relay/limit/rate';
import { openSlowDown } from '@nattfrid/relay/limit/slow-down';
import { packetGuard } from '@nattfrid/relay/mqtt/packet-guard';
import { maySubscribe, wordOf } from '@nattfrid/relay/mqtt/topic-rules';
import { type Passing, viewerMachine } from '@nattfrid/relay/pass/viewer';
import { derivedId } from '@nattfrid/relay/store/derived-id';
import { type AuditLine, routes } from '@nattfrid/shared/desk/routes';
import { LookId } from '@nattfrid/shared/domain/ids';
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a unit', () => {
  for (const [topic, word] of [
    ['nattfrid/v1/unit-1/up/alarm-report', 'alarm-report'],
    ['nattfrid/v1/unit-1/up/announce', 'announce'],
    ['nattfrid/v1/unit-2/up/alarm-report', undefined],
    ['nattfrid/v1/unit-1/down/look-call', undefined],
    ['nattfrid/v1/unit-1/up/look-call', undefined],
    ['nattfrid/v1/unit-1/up/constructor', undefined],
    ['nattfrid/v1/unit-1/up/alarm-report/more', undefined],
    ['$SYS/anything', undefined],
  ] as const)
    it(`${word ? 'says' : 'does not say'} ${topic}`, () => expect(wordOf('unit-1' as never, topic)).toBe(word));

  for (const [filter, may] of [
    ['nattfrid/v1/unit-1/down/+', true],
    ['nattfrid/v1/unit-1/down/look-call', true],
    ['nattfrid/v1/unit-2/down/+', false],
    ['nattfrid/v1/+/down/+', false],
    ['nattfrid/v1/unit-1/up/+', false],
    ['nattfrid/v1/unit-1/up/alarm-report', false],
    ['nattfrid/v1/unit-1/#', false],
    ['nattfrid/v1/unit-1/down/#', false],
    ['#', false],
    ['$SYS/#', false],
  ] as const)
    it(`${may ? 'hears' : 'does not hear'} ${filter}`, () => expect(maySubscribe('unit-1' as never, filter)).toBe(may));
});

describe('the packet guard', () => {
  const length = (bytes: number): number[] => {
    const digits = [];
    do {
      digits.push((bytes % 128) | (bytes >= 128 ? 128 : 0));
      bytes = Math.floor(bytes / 128);
    } while (bytes > 0);
    return digits;
  };
  const packet = (bytes: number) => Uint8Array.from([0x30, ...length(bytes), ...new Uint8Array(bytes)]);

  it('lets packets of any allowed length through, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (sizes, cut) => {
          const guard = packetGuard(300);
          const all = Uint8Array.from(sizes.flatMap((size) => [...packet(size)]));
          for (let from = 0; from < all.length; from += cut)
            expect(guard.allows(all.subarray(from, from + cut))).toBe(true);
        },
      ),
    );
  });

  for (const [name, bytes] of [
    ['one byte too many', [0x30, ...length(301)]],
    ['256 MB announced', [0x30, 0xff, 0xff, 0xff, 0x7f]],
    ['a length without an end', [0x30, 0x80, 0x80, 0x80, 0x80, 0x01]],
  ] as const)
    it(`refuses ${name} before any of it has come`, () => {
      const guard = packetGuard(300);
      expect(guard.allows(packet(300))).toBe(true);
      expect(guard.allows(Uint8Array.from(bytes))).toBe(false);
    });
});

describe('a viewer', () => {
  const machine = viewerMachine(100);
  const packet = (kind: Passing['kind'], queued = 0, bytes = 10): Passing => ({ kind, bytes, queued });
  for (const [name, packets, effects] of [
    ['begins with a keyframe', [packet('delta'), packet('key'), packet('delta')], ['dropped', 'send', 'send']],
    [
      'that is slow is cut back to the next keyframe',
      [packet('key'), packet('delta', 95), packet('delta'), packet('key'), packet('delta')],
      ['send', 'dropped', 'want-key', 'dropped', 'send', 'send'],
    ],
    [
      'that is slow for long gets nothing',
      [packet('key'), packet('delta', 95), packet('key', 95), packet('delta')],
      ['send', 'dropped', 'want-key', 'dropped', 'dropped'],
    ],
    [
      'begins anew with a new key',
      [packet('key'), packet('opening'), packet('delta'), packet('key')],
      ['send', 'send', 'dropped', 'send'],
    ],
    ['is told why there is no picture', [packet('notice')], ['send']],
    [
      'is never sent what only viewers say',
      [packet('key'), packet('want-key'), packet('ack')],
      ['send', 'dropped', 'dropped'],
    ],
  ] as const)
    it(name, () => expect(run(machine, packets).effects.map((effect) => effect.type)).toEqual(effects));
});

describe('a limit', () => {
  it('allows so many at once, and so many a minute after that', () => {
    const rate = openRate(3, 6);
    const take = (second: number) => rate.take('a', instant(second * 1000));
    expect([take(0), take(0), take(0), take(0)]).toEqual([true, true, true, false]);
    expect([take(9), take(10.5), take(11)]).toEqual([false, true, false]);
    expect(rate.take('b', instant(11_000))).toBe(true);
  });
});

describe('who is wrong', () => {
  const at = (second: number) => instant(second * 1000);

  it('waits longer each time after five mistakes, up to five seconds, and is forgiven one a minute', () => {
    const slow = openSlowDown();
    const waits = Array.from({ length: 12 }, () => {
      slow.count(['a'], at(0));
      return slow.wait(['a'], at(0));
    });
    expect(waits).toEqual([0, 0, 0, 0, 0, 250, 500, 1000, 2000, 4000, 5000, 5000]);
    expect([slow.wait(['a'], at(180)), slow.wait(['a'], at(420))]).toEqual([2000, 0]);
    expect(slow.wait(['b'], at(0))).toBe(0);
  });

  it('is measured by the worst name, and an attempt that was right does not count', () => {
    const slow = openSlowDown();
    for (let time = 0; time < 6; time++) slow.count(['a'], at(0));
    expect(slow.wait(['b', 'a'], at(0))).toBe(250);
    slow.takeBack(['a'], at(0));
    expect(slow.wait(['b', 'a'], at(0))).toBe(0);
  });
});

describe('a request', () => {
  for (const [name, headers, ours] of [
    ['from our page', { origin: 'https://tillsyn.se', host: 'tillsyn.se' }, true],
    ['from another page', { origin: 'https://evil.se', host: 'tillsyn.se' }, false],
    ['from another port', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:8080' }, false],
    ['from a page that hides where it is', { origin: 'null', host: 'tillsyn.se' }, false],
    ['from no browser', { host: 'tillsyn.se' }, true],
    ['that a browser calls cross-site', { host: 'tillsyn.se', 'sec-fetch-site': 'cross-site' }, false],
  ] as const)
    it(`${name} is ${ours ? 'taken' : 'refused'}`, () => expect(isOurOwn(headers, undefined)).toBe(ours));

  it('behind a proxy is measured by the public address', () => {
    expect(isOurOwn({ origin: 'https://tillsyn.se', host: 'inside:8080' }, 'https://tillsyn.se/')).toBe(true);
    expect(isOurOwn({ origin: 'http://inside:8080', host: 'inside:8080' }, 'https://tillsyn.se/')).toBe(false);
  });
});

describe('the audit chain', () => {
  const lines = (count: number): AuditLine[] => {
    const made: AuditLine[] = [];
    for (let number = 1; number <= count; number++) {
      const line = {
        number,
        at: '2026-11-22T00:00:00Z',
        who: 'Anna',
        what: 'look-opened',
        subject: `s${number}`,
        details: { b: '2', a: '1' },
      };
      made.push({ ...line, hash: hashLine(made.at(-1)?.hash ?? chainStart, line) });
    }
    return made;
  };
  const five = lines(5);
  const changed = (number: number, change: Partial<AuditLine>) =>
    five.map((line) => (line.number === number ? { ...line, ...change } : line));
  for (const [name, given, found] of [
    ['is whole as it was written', five, 'whole'],
    ['is whole in whatever order details are kept', changed(2, { details: { a: '1', b: '2' } }), 'whole'],
    ['shows another name', changed(3, { who: 'Bo' }), 'broken at 3'],
    ['shows another time', changed(3, { at: '2026-11-22T00:00:01Z' }), 'broken at 3'],
    ['shows another detail', changed(4, { details: { a: '1', b: '3' } }), 'broken at 4'],
    ['shows a line taken out', five.filter((line) => line.number !== 2), 'broken at 2'],
    ['shows the first line taken out', five.slice(1), 'broken at 1'],
    ['shows lines that changed places', [five[1]!, five[0]!, ...five.slice(2)], 'broken at 1'],
    [
      'shows a line that was hashed anew',
      changed(3, { who: 'Bo', hash: hashLine(five[1]!.hash, { ...five[2]!, who: 'Bo' }) }),
      'broken at 4',
    ],
  ] as const)
    it(name, () => {
      const check = checkLines(nothingChecked, given);
      expect(check.type === 'whole' ? 'whole' : `broken at ${check.at}`).toBe(found);
    });
});

it('a derived id is an id, the same for the same facts and another for others', () => {
  expect(LookId.safeParse(derivedId('a', 1)).success).toBe(true);
  expect(derivedId('a', 1)).toBe(derivedId('a', 1));
  expect(derivedId('a', 1)).not.toBe(derivedId('a', 2));
});

it('the description of the API has every route', () => {
  const { paths } = writeOpenApi('1') as { paths: Record<string, Record<string, { operationId: string }>> };
  const described = Object.values(paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  );
  expect(described.sort()).toEqual(Object.keys(routes).sort());
});
