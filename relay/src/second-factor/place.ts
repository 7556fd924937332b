/** Pure. Under which name passkeys belong to this relay (the relying party, WebAuthn § 4): of its public address, never of what somebody says it is called. */
export interface Place {
  /** The host, without a port. */
  readonly rpId: string;
  /** From which pages one may be made or shown. */
  readonly origins: readonly string[];
}

/**
 * @param publicOrigin the relay's setting
 * @param host as the browser names us; it counts on this machine alone, where `publicOrigin` is not set
 * @returns undefined where there can be no passkeys: without a name, or under a bare IP address
 */
export function placeOf(publicOrigin: string | undefined, host: string): Place | undefined {
  if (publicOrigin === undefined)
    return /^localhost(:\d+)?$/.test(host)
      ? { rpId: 'localhost', origins: [`http://${host}`, `https://${host}`] }
      : undefined;
  const { hostname, origin, protocol } = new URL(publicOrigin);
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return !isSafe || /^\[|^[\d.]+$/.test(hostname) ? undefined : { rpId: hostname, origins: [origin] };
}
