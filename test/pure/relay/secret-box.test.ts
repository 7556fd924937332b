/** Secrets of the relay at rest: what is sealed for one thing opens for nothing else, and not at all once it is damaged. */
import { describe, expect, it } from 'vitest';
import { openSecretBox } from '../../../relay/src/at-rest/secret-box.ts';

const secret = 'a secret of some forty letters, as it stands';
const box = openSecretBox(secret, 'salt', 'purpose');
const sealed = box.seal('Klientens hemlighet', 'anna');

describe('a sealed secret', () => {
  it('opens for whom it was sealed', () => expect(box.open(sealed, 'anna')).toBe('Klientens hemlighet'));
  it('says nothing of itself', () =>
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('hemlighet'));
  it.each([
    ['for another', () => box.open(sealed, 'bo')],
    ['under another secret', () => openSecretBox(`${secret}!`, 'salt', 'purpose').open(sealed, 'anna')],
    ['for another purpose', () => openSecretBox(secret, 'salt', 'another').open(sealed, 'anna')],
    ['changed', () => box.open(`${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`, 'anna')],
    ['with half a tag', () => box.open(sealed.slice(0, 32), 'anna')],
    ['empty', () => box.open('', 'anna')],
  ])('does not open %s', (_, open) => expect(open).toThrow());
});
