/** Pure. What every answer says to a browser: run nothing and load nothing that is not ours, show us in no frame. */

/** `unsafe-inline` for styles only: the console's components set positions as they go; no script is ever inline. */
const policy = (runsWasm: boolean, trains = false) =>
  [
    "default-src 'none'",
    `script-src 'self'${runsWasm ? " 'wasm-unsafe-eval'" : ''}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    // The program stands in the script itself.
    // What is trained with reaches nothing at all: no request leaves it, to this relay or to another.
    trains ? "connect-src 'none'" : `connect-src 'self'${runsWasm ? ' data:' : ''}`,
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    trains ? "frame-ancestors 'self'" : "frame-ancestors 'none'",
  ].join('; ');

const [pagePolicy, workerPolicy, trainingPolicy] = [policy(false), policy(true), policy(false, true)];

/** The worker that opens pictures may run WebAssembly, where a browser has no decoder of its own; no page may. */
const pictureWorker = /^\/assets\/picture-worker[-\w.]*\.js$/;

/** A console of its own inside the console, in which people train. */
const training = '/training.html';

function policyOf(path: string): string {
  if (path === training) return trainingPolicy;
  return pictureWorker.test(path) ? workerPolicy : pagePolicy;
}

/** @param path of what is asked for, without its query */
export const securityHeaders = (tls: boolean, path: string): Record<string, string> => ({
  'content-security-policy': policyOf(path),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=()',
  ...(tls && { 'strict-transport-security': 'max-age=31536000' }),
});
