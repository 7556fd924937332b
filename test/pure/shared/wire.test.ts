import { readFileSync } from 'node:fs';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { instant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { longestMessage, readLetter, writeLetter } from '@nattfrid/shared/wire/envelope';
import { type MessageName, messages } from '@nattfrid/shared/wire/messages';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { readTopic, topicOf } from '@nattfrid/shared/wire/topics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const unit = 'unit-1' as UnitId;
const golden = JSON.parse(
  readFileSync(new URL('../../../fixtures/messages/v1/messages.json', import.meta.url), 'utf8'),
) as Record<string, unknown[]>;
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('messages of version 1, as they were first written', () => {
  it('there is a golden one for every name in the table', () =>
    expect(Object.keys(golden).sort()).toEqual(Object.keys(messages).sort()));
  for (const [name, letters] of Object.entries(golden))
    for (const [index, letter] of letters.entries())
      it(`${name} ${index + 1} still reads, and writes the same again`, () => {
        const read = readLetter(name as MessageName, bytes(letter));
        if (read instanceof Fault) throw read;
        const again = writeLetter(read.name, read.unit, read.id, instant(Date.parse(read.sentAt)), read.body);
        expect(JSON.parse(new TextDecoder().decode(again))).toEqual(letter);
      });
});

describe('bytes that are not ours', () => {
  const good = golden['vitals']?.[0] as Record<string, unknown>;
  for (const [name, sent, code] of [
    ['not JSON', bytes('{"v":1'), 'message-not-json'],
    ['not UTF-8', Uint8Array.of(0xff, 0xfe, 0x00), 'message-not-json'],
    ['nothing at all', new Uint8Array(0), 'message-not-json'],
    ['a later version', bytes({ ...good, v: 2 }), 'message-wrong-version'],
    ['an unknown unit name', bytes({ ...good, unit: 'Unit/1' }), 'message-invalid'],
    [
      'a field of the wrong kind',
      bytes({ ...good, body: { ...(good['body'] as object), outboxDepth: '3' } }),
      'message-invalid',
    ],
    ['longer than any word of ours', new Uint8Array(longestMessage + 1), 'message-too-large'],
  ] as const)
    it(`become a fault with a reason: ${name}`, () => {
      const read = readLetter('vitals', sent);
      expect(read).toBeInstanceOf(Fault);
      expect((read as Fault).code).toBe(code);
    });
  it('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(readLetter('alarm-report', noise)).toBeInstanceOf(Fault);
        readPicturePacket(noise);
      }),
    );
  });
});

describe('topics', () => {
  it('go there and back for every name', () => {
    for (const name of Object.keys(messages) as MessageName[])
      expect(readTopic(topicOf(unit, name))).toEqual({ unit, name });
  });
  for (const topic of [
    'nattfrid/v1/unit-1/up/look-call',
    'nattfrid/v1/unit-1/down/vitals',
    'nattfrid/v1/+/up/vitals',
    'nattfrid/v1/unit-1/up/vitals/more',
    'nattfrid/v1/unit-1/up/constructor',
    'nattfrid/v2/unit-1/up/vitals',
    '$SYS/broker',
    '',
  ])
    it(`«${topic}» is none of ours`, () => expect(readTopic(topic)).toBeUndefined());
});

describe('picture packets', () => {
  it('go there and back', () => {
    fc.assert(
      fc.property(fc.constantFrom('key', 'delta', 'notice'), fc.uint8Array(), (type, sealed) => {
        const packet = { type, sealed: new Uint8Array(sealed) } as const;
        expect(readPicturePacket(writePicturePacket(packet))).toEqual(packet);
      }),
    );
    for (const packet of [{ type: 'ack', counter: 4_000_000_000 }, { type: 'want-key' }] as const)
      expect(readPicturePacket(writePicturePacket(packet))).toEqual(packet);
  });
  it('base64url keeps every byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (data) => {
        expect(fromBase64Url(toBase64Url(data))).toEqual(new Uint8Array(data));
      }),
    );
  });
});
