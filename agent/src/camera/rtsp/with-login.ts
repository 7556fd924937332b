/** Pure. A camera's address with a login of its own: whoever gives the password apart need not know how it is written into an address. */
import { readRtspUrl } from './url.ts';

export interface GivenLogin {
  /** Undefined: the address's own user, or nobody. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * What is given apart wins over what stands in the address.
 * @throws Fault `config-invalid`, without the address in its words
 */
export function withLogin(url: string, given: GivenLogin): string {
  const { url: plain, credentials } = readRtspUrl(url);
  if (given.user === undefined && given.password === undefined) return url.trim();
  const user = given.user ?? credentials?.user ?? '';
  const password = given.password ?? credentials?.password ?? '';
  return plain.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}
