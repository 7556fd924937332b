import { createHmac, hkdfSync, pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import {
  codeRounds,
  doorHashOf,
  doorKeyOf,
  readCode,
  readLabel,
  unitKeyOfCode,
  unitKeyOfLabel,
  writeLabel,
} from '@nattfrid/shared/seal/label';
import {
  areTermsRight,
  authenticateTerms,
  isUnitOfLabel,
  type PairingTerms,
} from '@nattfrid/shared/seal/pairing-terms';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { certifyWipe, isWipeCertified } from '@nattfrid/shared/seal/wipe';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';

const vectors = JSON.parse(readFileSync(new URL('../../../fixtures/vectors/label.json', import.meta.url), 'utf8'));
const label = {
  unit: vectors.unit as UnitId,
  secret: vectors.secret as string,
  publicKey: vectors.publicKey as string,
};
const terms: PairingTerms = vectors.terms;

/** As somebody else would write it, out of docs/protocol.md. */
const claim = (fields: readonly string[]) =>
  Buffer.concat(
    fields.map((field) => Buffer.concat([Buffer.from([field.length >> 8, field.length & 255]), Buffer.from(field)])),
  );

describe('a label', () => {
  it('is read as it was written, also by what stands behind the # alone', () => {
    const address = writeLabel('https://relay.example/', label);
    expect(address).toBe(vectors.address);
    expect(readLabel(address)).toEqual(label);
    expect(readLabel(address.slice(address.indexOf('#')))).toEqual(label);
  });
  it.each([
    '',
    'https://relay.example/pair',
    'https://relay.example/pair#u=e-abc&s=kort&k=x',
    `https://relay.example/pair#u=E STOR&s=${'A'.repeat(22)}&k=${'A'.repeat(43)}`,
  ])('is no other address: «%s»', (address) => expect(readLabel(address)).toBeUndefined());
  it('has a short code that may be typed in groups', () => {
    expect(readCode(' 04417 88120 ')).toBe('0441788120');
    expect(readCode('0441-78812')).toBeUndefined();
  });
  it('gives the door key and the unit key of RFC 5869, as the vectors have them', async () => {
    expect(await doorKeyOf(label)).toBe(vectors.doorKey);
    expect(await doorHashOf(vectors.doorKey)).toBe(vectors.doorHash);
    const info = claim(['nattfrid v1 label', 'door', label.unit]);
    const door = Buffer.from(hkdfSync('sha256', Buffer.from(label.secret, 'base64url'), '', info, 32));
    expect(door.toString('base64url')).toBe(vectors.doorKey);
  });
  it('authenticates by HMAC-SHA256 what both ends have before them, by secret and by code', async () => {
    const said = claim([
      'nattfrid v1 pairing',
      ...[terms.ticket, terms.nonce, terms.unit, terms.publicKey, terms.organisation, terms.planKey],
      ...[terms.client, terms.place],
    ]);
    const unitInfo = claim(['nattfrid v1 label', 'unit', label.unit]);
    const unit = Buffer.from(hkdfSync('sha256', Buffer.from(label.secret, 'base64url'), '', unitInfo, 32));
    const salt = claim(['nattfrid v1 short code', label.unit, label.publicKey]);
    const code = pbkdf2Sync(vectors.code, salt, codeRounds, 32, 'sha256');
    const mac = (key: Buffer) => createHmac('sha256', key).update(said).digest('base64url');
    expect(await authenticateTerms(terms, await unitKeyOfLabel(label))).toBe(vectors.macBySecret);
    expect(mac(unit)).toBe(vectors.macBySecret);
    expect(await authenticateTerms(terms, await unitKeyOfCode(vectors.code, label.unit, label.publicKey))).toBe(
      vectors.macByCode,
    );
    expect(mac(code)).toBe(vectors.macByCode);
  });
  it.each(Object.keys(vectors.terms))('does not authenticate another %s', async (field) => {
    const key = await unitKeyOfLabel(label);
    expect(await areTermsRight({ ...terms, [field]: 'annan' }, vectors.macBySecret, key)).toBe(false);
    expect(await areTermsRight(terms, vectors.macBySecret, key)).toBe(true);
  });
  it('is of one unit with one key', () => {
    expect(isUnitOfLabel(label, label)).toBe(true);
    expect(isUnitOfLabel(label, { ...label, publicKey: 'A'.repeat(43) })).toBe(false);
    expect(isUnitOfLabel(label, { ...label, unit: 'e-aaaaaaaa' })).toBe(false);
  });
});

describe('the certificate of a wipe', () => {
  it('is of one unit, one time and what was erased', async () => {
    const key = await makeSignKey();
    const publicKey = toBase64Url(key.publicKey);
    const said = await certifyWipe({ unit: label.unit, at: '2026-12-01T00:00:00.000Z', what: ['keys', 'plan'] }, key);
    expect(await isWipeCertified(said, publicKey)).toBe(true);
    expect(await isWipeCertified({ ...said, what: ['keys'] }, publicKey)).toBe(false);
    expect(await isWipeCertified({ ...said, at: '2026-12-02T00:00:00.000Z' }, publicKey)).toBe(false);
    expect(await isWipeCertified(said, 'A'.repeat(43))).toBe(false);
  });
});
