/** What consoles sign of each other: exactly this operator, this console, this signer and this time, and not for ever. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import {
  confirmConsole,
  countsAt,
  isConfirmation,
  isWithdrawal,
  longestConfirmation,
  withdrawConsole,
} from '@nattfrid/shared/seal/confirmation';
import { possesses, provePossession } from '@nattfrid/shared/seal/possession';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-24T01:00:00Z'));
const [petra, bo] = [await makeSignKey(), await makeSignKey()];
const key = (of: typeof bo) => toBase64Url(of.publicKey);
const named = { operator: 'op-petra' as OperatorAlias, console: key(petra) };
const later = (length: Parameters<typeof after>[1]) => after(night, length);
const letter = await confirmConsole(named, night, bo);
const taken = await withdrawConsole(named, night, bo);

describe('a confirmation', () => {
  it('is what its signer has said', async () => expect(await isConfirmation(letter)).toBe(true));

  for (const [name, change] of [
    ['another operator', { operator: 'op-bo' as OperatorAlias }],
    ['another console', { console: key(bo).replace(/^./, 'x') }],
    ['another signer', { by: key(petra).replace(/^./, 'x') }],
    ['an earlier beginning', { from: printInstant(later(minutes(-1))) }],
    ['a later end', { until: printInstant(later(hours(401 * 24))) }],
    ['another signature', { signature: taken.signature }],
  ] as const)
    it(`does not hold for ${name}`, async () => expect(await isConfirmation({ ...letter, ...change })).toBe(false));

  it('is no console’s word for itself', async () =>
    expect(await isConfirmation(await confirmConsole({ ...named, console: key(bo) }, night, bo))).toBe(false));

  it('counts from when it was signed, give or take what clocks differ, and for 400 days', () => {
    for (const [from, counts] of [
      [minutes(-16), false],
      [minutes(-14), true],
      [minutes(0), true],
      [minutes(longestConfirmation / 60_000 - 1), true],
      [longestConfirmation, false],
    ] as const)
      expect([from, countsAt(letter, later(from))]).toEqual([from, counts]);
  });
});

describe('a withdrawal', () => {
  it('is what its signer has said', async () => expect(await isWithdrawal(taken)).toBe(true));
  it('may be a console’s word of itself', async () =>
    expect(await isWithdrawal(await withdrawConsole({ ...named, console: key(bo) }, night, bo))).toBe(true));
  for (const [name, change] of [
    ['another operator', { operator: 'op-bo' as OperatorAlias }],
    ['another console', { console: key(bo) }],
    ['another time', { at: printInstant(later(minutes(1))) }],
    ['the signature of a confirmation', { signature: letter.signature }],
  ] as const)
    it(`does not hold for ${name}`, async () => expect(await isWithdrawal({ ...taken, ...change })).toBe(false));
});

it('a console shows to whom it belongs, and when, that it has its key', async () => {
  const said = await provePossession('petra@example.se', printInstant(night), petra);
  expect(await possesses('petra@example.se', said)).toBe(true);
  expect(await possesses('bo@example.se', said)).toBe(false);
  expect(await possesses('petra@example.se', { ...said, at: printInstant(later(minutes(1))) })).toBe(false);
  expect(await possesses('petra@example.se', { ...said, key: key(bo) })).toBe(false);
});
