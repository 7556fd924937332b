/** The door to @peculiar/x509: the relay's own authority signs for the TLS keys of units, and for the listener that they come to. */
import 'reflect-metadata';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Duration, days } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as Parsed,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface UnitAuthority {
  /** PEM, public. */
  readonly certificate: string;
  /** Whether it has signed exactly this: the chain is one long, and nothing of it is left to a library's error code. */
  hasIssued(certificate: X509Certificate): boolean;
  /** @param request PKCS #10, DER, base64url. @returns why not, where the request is none or does not hold */
  certify(unit: UnitId, request: string, now: Instant): Promise<Issued | Fault>;
  /** @param names under which units reach the listener: host names and addresses */
  certifyListener(names: readonly string[], now: Instant): Promise<{ readonly key: string; readonly cert: string }>;
}

export interface Issued {
  /** PEM. */
  readonly certificate: string;
  readonly serial: string;
  readonly digest: string;
  readonly until: Instant;
}

/** Of a unit's certificate. */
export const certificateLasts: Duration = days(30);
/** Of the listener's own: made at each start, and anew when a third of it has gone. */
export const listenerLasts: Duration = days(90);

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;
/**
 * Since when everything that it signs is valid: when it was issued stands in the relay's table. A unit that has no clock (1970) believes the
 * listener all the same: it can be looked at by nobody then, and its alarms come through.
 */
const since = new Date(Date.UTC(1970, 0, 1));
const authorityLasts = new Date(Date.UTC(2049, 11, 31));

/** 128 random bits, positive (RFC 5280, 4.1.2.2). */
const newSerial = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
};

/** SHA-256 of a certificate, DER, base64url. */
export const digestOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64url');

/** A fresh authority: its key (PKCS #8) and its certificate in one PEM text. */
export async function makeAuthority(): Promise<{ readonly pem: string; readonly fingerprint: string }> {
  const keys = (await crypto.subtle.generateKey(curve, true, ['sign', 'verify']));
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: `CN=Nattfrid units ${randomBytes(4).toString('hex')}`,
    notBefore: since,
    notAfter: authorityLasts,
    keys,
    signingAlgorithm: signing,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const pem = `${pemOf('PRIVATE KEY', pkcs8)}${certificate.toString('pem')}\n`;
  return { pem, fingerprint: new X509Certificate(certificate.toString('pem')).fingerprint256 };
}

/** @throws where the text holds no key and certificate that belong together */
export async function openAuthority(pem: string): Promise<UnitAuthority> {
  const [pkcs8, der] = [derIn(pem, 'PRIVATE KEY'), derIn(pem, 'CERTIFICATE')];
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, curve, false, ['sign']);
  const own = new X509Certificate(der);
  const issuer = new Parsed(der);
  const words = Buffer.from('nattfrid');
  const publicKey = await crypto.subtle.importKey('spki', issuer.publicKey.rawData, curve, false, ['verify']);
  if (!(await crypto.subtle.verify(signing, publicKey, await crypto.subtle.sign(signing, key, words), words)))
    throw new Fault('config-invalid', 'The key and the certificate of the authority do not belong together.');
  const sign = (given: Omit<Parameters<typeof X509CertificateGenerator.create>[0], 'issuer' | 'signingKey'>) =>
    X509CertificateGenerator.create({
      ...given,
      issuer: issuer.subject,
      signingAlgorithm: signing,
      signingKey: key,
    } as Parameters<typeof X509CertificateGenerator.create>[0]);
  const uses = (usage: ExtendedKeyUsage) => [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([usage], true),
  ];
  return {
    certificate: own.toString(),
    hasIssued: (one) => one.checkIssued(own) && one.verify(own.publicKey),
    async certify(unit, request, now) {
      const asked = await readRequest(request);
      if (asked instanceof Fault) return asked;
      const [serial, until] = [newSerial(), after(now, certificateLasts)];
      const certificate = await sign({
        serialNumber: serial,
        subject: `CN=${unit}`,
        notBefore: since,
        notAfter: new Date(until),
        publicKey: asked.publicKey,
        extensions: uses(ExtendedKeyUsage.clientAuth),
      });
      const digest = digestOf(new Uint8Array(certificate.rawData));
      return { certificate: certificate.toString('pem'), serial, digest, until };
    },
    async certifyListener(names, now) {
      const keys = (await crypto.subtle.generateKey(curve, true, ['sign', 'verify']));
      const alternatives = names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }) as const);
      const certificate = await sign({
        serialNumber: newSerial(),
        subject: 'CN=Nattfrid relay for units',
        notBefore: since,
        notAfter: new Date(after(now, listenerLasts)),
        publicKey: keys.publicKey,
        extensions: [...uses(ExtendedKeyUsage.serverAuth), new SubjectAlternativeNameExtension(alternatives)],
      });
      const pkcs8Key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
      return { key: pemOf('PRIVATE KEY', pkcs8Key), cert: certificate.toString('pem') };
    },
  };
}

/** Whoever asks has the key that is asked for: the request is signed with it. Its subject is not believed. */
async function readRequest(request: string): Promise<Pkcs10CertificateRequest | Fault> {
  try {
    const asked = new Pkcs10CertificateRequest(fromBase64Url(request));
    const { name, namedCurve } = asked.publicKey.algorithm as { readonly name: string; readonly namedCurve?: string };
    if (name === curve.name && namedCurve === curve.namedCurve && (await asked.verify())) return asked;
  } catch {
    // Told below.
  }
  return new Fault('signature-wrong', 'The request for a certificate does not hold: it is not of a P-256 key, or not signed.');
}

const pemOf = (what: string, der: Buffer): string =>
  `-----BEGIN ${what}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${what}-----\n`;

function derIn(pem: string, what: string): Uint8Array<ArrayBuffer> {
  const found = new RegExp(`-----BEGIN ${what}-----([\\s\\S]+?)-----END ${what}-----`).exec(pem)?.[1];
  if (!found) throw new Fault('config-invalid', `There is no ${what} in it.`);
  return new Uint8Array(Buffer.from(found, 'base64'));
}
