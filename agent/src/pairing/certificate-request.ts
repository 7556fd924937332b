/** The door to @peculiar/x509: a fresh TLS key, and the request for a certificate that is signed with it (PKCS #10). */
import 'reflect-metadata';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

export interface TlsRequest {
  /** PKCS #8, PEM: a secret. */
  readonly key: string;
  /** DER, base64url. */
  readonly request: string;
}

/** P-256, because no TLS stack of a proxy or an authority refuses it. */
export async function makeRequest(unit: string): Promise<TlsRequest> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const asked = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${unit}`, keys, signingAlgorithm });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = (pkcs8.match(/.{1,64}/g) ?? []).join('\n');
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    request: toBase64Url(new Uint8Array(asked.rawData)),
  };
}

export interface CertificateFacts {
  /** Hexadecimal, small letters. */
  readonly serial: string;
  readonly until: Instant;
}

/** @param pem @returns undefined where it is no certificate of this key */
export function readIssued(pem: string, authority: string, key: string): CertificateFacts | undefined {
  try {
    const [certificate, issuer] = [new X509Certificate(pem), new X509Certificate(authority)];
    const isOurs = certificate.checkPrivateKey(createPrivateKey(key));
    if (!isOurs || !certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return undefined;
    return { serial: certificate.serialNumber.toLowerCase(), until: parseInstant(certificate.validToDate.toISOString()) };
  } catch {
    return undefined;
  }
}
