/** Pure. What is said on the socket on which a unit waits to be paired, and how a certificate is renewed. JSON; every text has a bound. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';

/** Longest message on it, in bytes. */
export const longestPairingMessage = 16 * 1024;

const nonce = Base64Url.length(43).describe('32 random bytes, fresh with each connection');
const signature = Base64Url.length(86).describe("With the unit's Ed25519 key");
const request = Base64Url.min(100).max(2000).describe('PKCS #10, DER: the TLS key that the unit has just made');
const pem = z.string().max(6000).describe('PEM');

/** Why a unit does not take what it is offered. */
export const WhyNotPaired = z.enum([
  'wrong-label',
  'wrong-code',
  'code-locked',
  'not-freshly-powered',
  'too-late',
  'already-paired',
]);
export type WhyNotPaired = z.infer<typeof WhyNotPaired>;

/** relay > unit. */
export const PairingDown = z.discriminatedUnion('type', [
  z.object({ type: z.literal('nonce'), nonce }).readonly(),
  z.object({ type: z.literal('wait') }).readonly(),
  z
    .object({
      type: z.literal('offer'),
      ticket: z.uuid(),
      by: z.enum(['secret', 'code']),
      organisation: z.string().min(1).max(40),
      planKey: Base64Url.length(43),
      client: ClientAlias,
      place: z.string().min(1).max(40),
      seconds: z.int().min(0).max(300).describe('For so long the ticket still counts'),
      mac: Base64Url.length(43),
    })
    .readonly(),
  z
    .object({
      type: z.literal('certificate'),
      ticket: z.uuid(),
      certificate: pem,
      authority: pem.describe('PEM: of whom the relay for units has its certificate'),
      relay: z
        .url({ protocol: /^https$/ })
        .max(200)
        .describe('Where the relay listens for units'),
    })
    .readonly(),
  z.object({ type: z.literal('bye') }).readonly(),
]);
export type PairingDown = z.infer<typeof PairingDown>;

/** unit > relay. */
export const PairingUp = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('waiting'),
      unit: UnitId,
      publicKey: Base64Url.length(43),
      nonce,
      poweredSeconds: z.int().min(0).max(1e9),
      agent: z.string().max(40),
      signature,
    })
    .readonly(),
  z
    .object({
      type: z.literal('refused'),
      ticket: z.uuid(),
      why: WhyNotPaired,
      triesLeft: z.int().min(0).max(5).optional().describe('Of the short code'),
    })
    .readonly(),
  z.object({ type: z.literal('asks'), ticket: z.uuid(), request, signature }).readonly(),
  z.object({ type: z.literal('kept'), ticket: z.uuid() }).readonly(),
]);
export type PairingUp = z.infer<typeof PairingUp>;

/** unit > relay, over its certificate: another one. */
export const RenewalAsked = z
  .object({ request, at: z.iso.datetime().describe("By the unit's clock"), signature })
  .readonly();
export type RenewalAsked = z.infer<typeof RenewalAsked>;

export const RenewalAnswer = z.object({ certificate: pem, authority: pem }).readonly();
export type RenewalAnswer = z.infer<typeof RenewalAnswer>;

/** Where a unit asks for another certificate, on the listener for units. */
export const renewalPath = '/unit/renew';
