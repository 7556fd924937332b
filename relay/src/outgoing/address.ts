/**
 * Pure. The door to ipaddr.js: which addresses the relay may send to. An address that a person has typed must not lead into the relay's
 * own network (server-side request forgery).
 */
import ipaddr from 'ipaddr.js';

/** @param allowed networks in CIDR form, or single addresses, that may be sent to although they are not public */
export function openAddresses(allowed: readonly string[]): (address: string) => boolean {
  const networks = allowed.map((words) => {
    const address = ipaddr.isValid(words) ? ipaddr.parse(words) : undefined;
    const whole: [ipaddr.IPv4 | ipaddr.IPv6, number] = address
      ? [address, address.kind() === 'ipv4' ? 32 : 128]
      : ipaddr.parseCIDR(words);
    return whole;
  });
  return (words) => {
    if (!ipaddr.isValid(words)) return false;
    // ::ffff:10.0.0.1 is 10.0.0.1.
    const address = ipaddr.process(words);
    if (networks.some((network) => network[0].kind() === address.kind() && address.match(network))) return true;
    // Everything that is set aside (private, loopback, link-local, shared, mapped, tunnels) has a range of its own.
    return address.range() === 'unicast';
  };
}
