/** The certificate and its key, read when the relay starts and again when they have been renewed. */
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { Fault } from '@nattfrid/shared/fault/fault';

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** @throws Fault `file-missing` where one cannot be read, is none, or the two do not belong together */
export function readCertificate({ certFile, keyFile }: CertificateFiles): SecureContextOptions {
  try {
    const read = { cert: readFileSync(certFile), key: readFileSync(keyFile), minVersion: 'TLSv1.2' as const };
    createSecureContext(read);
    return read;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('file-missing', `The certificate ${certFile} or its key cannot be used: ${words}.`, { cause });
  }
}
