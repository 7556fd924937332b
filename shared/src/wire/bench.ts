/** Pure. What a unit without a door says to the bench that its card was written at, once, and what it is answered. JSON; every text has a bound. */
import { z } from 'zod';
import { UnitId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';

/** Where the bench takes labels: POST. */
export const benchPath = '/label';

/** Longest letter and longest answer, in bytes. */
export const longestBenchLetter = 8 * 1024;

/** What the card says of the bench. It is no secret. */
export const BenchAddress = z
  .object({
    url: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .describe('where the bench listens, such as http://192.168.1.20:8477'),
    key: Base64Url.length(43).describe("the bench's public key (X25519): nobody else can open the label"),
  })
  .readonly();
export type BenchAddress = z.infer<typeof BenchAddress>;

/** A label as it is sealed: nothing of it is readable on the way. */
export const HandedLabel = z
  .object({
    unit: UnitId,
    relay: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .describe('Where the label leads to'),
    secret: Base64Url.length(22),
    code: z.string().regex(/^\d{10}$/, 'ten figures'),
    publicKey: Base64Url.length(43),
    model: z.string().min(1).max(60).describe('Of the board'),
    agent: z.string().min(1).max(40).describe('Its version'),
    signature: Base64Url.length(86).describe("With the unit's Ed25519 key"),
  })
  .readonly();
export type HandedLabel = z.infer<typeof HandedLabel>;

/** unit > bench. */
export const BenchLetter = z
  .object({
    encapsulated: Base64Url.length(43).describe('HPKE: fresh with each try'),
    sealed: Base64Url.min(100).max(4000),
  })
  .readonly();
export type BenchLetter = z.infer<typeof BenchLetter>;

/** bench > unit. */
export const BenchReceipt = z.object({ receipt: Base64Url.length(43) }).readonly();
