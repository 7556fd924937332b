/**
 * Pure. A unit's label: its address, what is derived from the secret on it, and what a console authenticates with it. Whoever passes on
 * what a console says to a unit that waits to be paired has seen no label, and can change nothing of it.
 */
import { z } from 'zod';
import { UnitId } from '../domain/ids.ts';
import { Base64Url, fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import { claimOf } from './claim.ts';
import type { CryptoKey } from './crypto-key.ts';

/** What stands on a label that is scanned. */
export const Label = z
  .object({
    unit: UnitId,
    secret: Base64Url.length(22).describe('128 bits; nowhere but on the label and in the unit'),
    publicKey: Base64Url.length(43).describe("The unit's Ed25519 key, 32 bytes"),
  })
  .readonly();
export type Label = z.infer<typeof Label>;

/** Where the console answers an address of a label. */
export const labelPath = '/pair';

/** @param relay as staff and units reach it, such as https://relay.example. @returns what stands behind the # goes to no server */
export const writeLabel = (relay: string, { unit, secret, publicKey }: Label): string =>
  `${relay.replace(/\/+$/, '')}${labelPath}#u=${unit}&s=${secret}&k=${publicKey}`;

/** @param address whole, or what stands behind its # alone. @returns undefined where it is none of a label */
export function readLabel(address: string): Label | undefined {
  const fields = new URLSearchParams(address.slice(address.indexOf('#') + 1));
  const label = Label.safeParse({ unit: fields.get('u'), secret: fields.get('s'), publicKey: fields.get('k') });
  return label.data;
}

/** Ten figures, for whom the label cannot be scanned: typed off it in two groups of five. */
export const ShortCode = z.string().regex(/^\d{10}$/, 'ten figures');

/** «04417 88120» as it is printed. */
export const printCode = (code: string): string => `${code.slice(0, 5)} ${code.slice(5)}`;

/** @returns ten figures, or undefined where something else was typed */
export const readCode = (typed: string): string | undefined => ShortCode.safeParse(typed.replace(/[\s-]/g, '')).data;

/** OWASP Password Storage Cheat Sheet for PBKDF2-HMAC-SHA256: what passes on what a short code has signed may try codes at leisure. */
export const codeRounds = 600_000;

/** Shown to the relay: whoever has it has seen the label. @returns 32 bytes, base64url */
export async function doorKeyOf({ unit, secret }: Pick<Label, 'unit' | 'secret'>): Promise<string> {
  return toBase64Url(await derived(secret, 'door', unit));
}

/** What the relay keeps of the door key, base64url: SHA-256. */
export async function doorHashOf(doorKey: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64Url(doorKey))));
}

/** Authenticates what a console says to the unit. Never shown to anybody. */
export async function unitKeyOfLabel({ unit, secret }: Pick<Label, 'unit' | 'secret'>): Promise<CryptoKey> {
  return macKey(await derived(secret, 'unit', unit));
}

/** The same by the short code. @param publicKey of the unit, as its label names it, base64url */
export async function unitKeyOfCode(code: string, unit: string, publicKey: string): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveBits']);
  const salt = claimOf(['nattfrid v1 short code', unit, publicKey]);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: codeRounds };
  return macKey(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)));
}

/** HKDF (RFC 5869) of the 16 bytes of the secret. */
async function derived(secret: string, what: 'door' | 'unit', unit: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', fromBase64Url(secret), 'HKDF', false, ['deriveBits']);
  const info = claimOf(['nattfrid v1 label', what, unit]);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

const macKey = (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
