/** A certificate of its own for 127.0.0.1, for stand-ins that are reached over TLS. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OwnCertificate extends Disposable {
  /** PEM, to be believed by whoever is to reach it. */
  readonly file: string;
  readonly key: string;
  readonly cert: string;
}

export function makeOwnCertificate(): OwnCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  words.push('-subj', '/CN=stand-in', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert);
  execFileSync('openssl', words, { stdio: 'ignore' });
  return {
    file: cert,
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
