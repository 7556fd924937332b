/** What is sealed opens with its key and in its place alone, and whoever has another key is told so in words. */
import { randomBytes } from 'node:crypto';
import { keyOf, openSealer, sealedAt, withoutKey } from '@nattfrid/relay/personal/sealer';
import { Fault } from '@nattfrid/shared/fault/fault';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const here = { table: 'clients', column: 'personal', row: 'one' };
const [first, other] = [openSealer(randomBytes(32)), openSealer(randomBytes(32))];
const why = (deed: () => unknown): string => {
  try {
    deed();
  } catch (error) {
    if (error instanceof Fault) return `${error.code}: ${error.message}`;
  }
  return 'nothing was said';
};

describe('A5.11 what is sealed', () => {
  it('opens as it was, in any letters, and is another one each time', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const [one, again] = [first.seal(text, here), first.seal(text, here)];
        expect(first.open(one, here)).toBe(text);
        expect(one).not.toBe(again);
      }),
    ));

  for (const [what, where] of [
    ['row', { ...here, row: 'two' }],
    ['column', { ...here, column: 'ended_why' }],
    ['table', { ...here, table: 'decisions' }],
  ] as const)
    it(`does not open in another ${what}`, () =>
      expect(why(() => first.open(first.seal('Åsa', here), where))).toMatch(/^seal-broken: .*changed, or moved/));

  it('does not open with one bit changed, wherever it is', () => {
    const sealed = Buffer.from(first.seal('Åsa', here), 'base64url');
    for (let byte = 0; byte < sealed.length; byte++) {
      const changed = Buffer.from(sealed);
      changed[byte]! ^= 1;
      expect(why(() => first.open(changed.toString('base64url'), here))).toMatch(/^(seal-broken|personal-key-wrong)/);
    }
  });

  it('says with which key it would open, and which one there is', () => {
    const sealed = first.seal('Åsa', here);
    expect(keyOf(sealed, here)).toBe(first.key);
    expect(why(() => other.open(sealed, here))).toBe(
      `personal-key-wrong: Personal details are sealed under the key ${first.key}, and personalKey is the key ${other.key}. Set the file with the right one; what is sealed is not lost.`,
    );
  });

  it('is never made beside what another key has sealed', () => {
    const key = randomBytes(32);
    expect(why(() => openSealer(key, first.key).seal('Åsa', here))).toMatch(/^personal-key-wrong/);
  });

  it('is not made without a key, and it is said how to make one', () => {
    for (const deed of [() => withoutKey().seal('Åsa', here), () => withoutKey().open('AQ', here)])
      expect(why(deed)).toMatch(/^personal-key-missing: .*nattfrid-relay personal-key FILE/);
  });

  it('may stand where only a text is asked for', () => {
    const webhook = sealedAt(first, { table: 'webhooks', column: 'secret', row: 'w' });
    expect(webhook.open(webhook.seal('Åsa'))).toBe('Åsa');
  });
});
