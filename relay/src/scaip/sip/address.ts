/** Pure. A SIP address as it is typed: «larm@larmcentral.example.se:5061». */
import { Fault } from '@nattfrid/shared/fault/fault';

export type Transport = 'udp' | 'tcp' | 'tls';

export interface Address {
  readonly user: string | undefined;
  readonly host: string;
  /** undefined: looked up, and else the usual one. */
  readonly port: number | undefined;
}

export const usualPort: Readonly<Record<Transport, number>> = { udp: 5060, tcp: 5060, tls: 5061 };

/** Where a service is found in DNS (RFC 3263; SCAIP names these for TCP and TLS). */
export const serviceName: Readonly<Record<Transport, string>> = {
  udp: '_sip._udp',
  tcp: '_sip._tcp',
  tls: '_sips._tcp',
};

export function readAddress(text: string): Address | Fault {
  const found = /^(?:sips?:)?(?:([A-Za-z0-9_.+-]{1,64})@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?$/.exec(
    text.trim(),
  );
  const port = found?.[3] === undefined ? undefined : Number(found[3]);
  if (!found || (port !== undefined && (port < 1 || port > 65_535)))
    return new Fault('request-invalid', `«${text}» is no SIP address: write larm@larmcentral.example.se:5061.`);
  return { user: found[1], host: found[2]!, port };
}

/** As it stands in a request. @param user in place of the address's own */
export function uriOf({ user, host, port }: Address, transport: Transport): string {
  const scheme = transport === 'tls' ? 'sips' : 'sip';
  const over = transport === 'tcp' ? ';transport=tcp' : '';
  return `${scheme}:${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}${over}`;
}
