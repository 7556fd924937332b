/** What the unit tells a camera of the packets that have come (RFC 3550 §6.4). */
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Received, receiverReports } from '../../../agent/src/camera/rtp/rtcp.ts';

const rtp = (sequence: number, at = 0, timestamp = at * 90, source = 5): Received => {
  const bytes = Buffer.alloc(20, 1);
  bytes.set([0x80, 96]);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(source, 8);
  return { type: 'rtp', bytes, at: milliseconds(at), clockRate: 90_000 };
};
const sender = (at: number, source = 5): Received => {
  const bytes = Buffer.alloc(28);
  bytes.set([0x80, 200, 0, 6]);
  bytes.writeUInt32BE(source, 4);
  bytes.writeUInt32BE(0x11112222, 8);
  bytes.writeUInt32BE(0x33334444, 12);
  return { type: 'rtcp', bytes, at: milliseconds(at) };
};
const due = (at = 0): Received => ({ type: 'due', at: milliseconds(at), own: 9, name: 'unit' });
const report = (events: readonly Received[]) => {
  const packet = Buffer.from(run(receiverReports, events).effects.at(-1) ?? []);
  return {
    source: packet.readUInt32BE(8),
    fraction: packet.readUInt8(12),
    lost: packet.readIntBE(13, 3),
    highest: packet.readUInt32BE(16),
    jitter: packet.readUInt32BE(20),
    lastReport: packet.readUInt32BE(24),
    since: packet.readUInt32BE(28),
  };
};

describe('a receiver report', () => {
  for (const [name, events, expected] of [
    [
      'names the camera and the highest number',
      [rtp(10), rtp(11), due()],
      { source: 5, highest: 11, lost: 0, fraction: 0 },
    ],
    ['counts what is lost', [rtp(10), rtp(14), due()], { lost: 3, fraction: 153 }],
    [
      'counts the loss since the last report alone',
      [rtp(10), rtp(14), due(), rtp(15), rtp(16), due()],
      { lost: 3, fraction: 0 },
    ],
    ['takes no loss for what comes late', [rtp(10), rtp(12), rtp(11), due()], { lost: 0, highest: 12 }],
    ['goes on where the numbers begin again', [rtp(65535), rtp(0), due()], { lost: 0, highest: 65536 }],
    ['begins anew with another source', [rtp(10), rtp(900, 0, 0, 6), due()], { source: 6, lost: 0, highest: 900 }],
    ['begins anew after a long jump', [rtp(10), rtp(20_000), due()], { lost: 0, highest: 20_000 }],
    [
      'says when the camera last told the time',
      [rtp(1), sender(1000), due(1500)],
      { lastReport: 0x22223333, since: 32_768 },
    ],
    ["passes over another source's time", [rtp(1), sender(1000, 6), due(1500)], { lastReport: 0, since: 0 }],
    ['sees no jitter where all come in time', [rtp(1, 0), rtp(2, 40), rtp(3, 80), due()], { jitter: 0 }],
    ['sees jitter', [rtp(1, 0), rtp(2, 40, 0), due()], { jitter: 225 }],
  ] as readonly (readonly [string, readonly Received[], object])[])
    it(name, () => expect(report(events)).toMatchObject(expected));

  it('carries a name, and lengths that fit', () => {
    const packet = Buffer.from(run(receiverReports, [rtp(1), due()]).effects[0] ?? []);
    const second = 4 * (packet.readUInt16BE(2) + 1);
    expect([packet[0], packet[1], packet[second], packet[second + 1]]).toEqual([0x81, 201, 0x81, 202]);
    expect(second + 4 * (packet.readUInt16BE(second + 2) + 1)).toBe(packet.length);
    expect(packet.subarray(second + 8, second + 14).toString('latin1')).toBe('\x01\x04unit');
  });

  it('is written whatever came', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 }), (all) => {
        const at = milliseconds(1);
        const events = all.flatMap((bytes): Received[] => [
          { type: 'rtp', bytes, at, clockRate: 90_000 },
          { type: 'rtcp', bytes, at },
        ]);
        expect(run(receiverReports, [...events, due()]).effects[0]?.length).toBeLessThan(100);
      }),
      { numRuns: 1000 },
    ));
});
