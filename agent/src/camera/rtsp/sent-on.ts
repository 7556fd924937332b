/** Pure. Where a camera may send the unit on to (301, 302, REDIRECT; RFC 2326 §10.10), so that none makes it call whomever it likes. */
import { absolute, authorityOf, withoutCredentials } from './target.ts';
import type { RtspAddress } from './url.ts';

/**
 * Whether a camera may send the unit on to an address (301, 302): to itself always; to a neighbour, which gets no password; to nobody else,
 * so that no camera makes the unit call its own services, the relay's network or the internet.
 * @param camera the camera's IP address. @param target that of the other
 */
export function maySendTo(camera: string, target: string): 'itself' | 'neighbour' | 'nobody' {
  const [own, other] = [network(camera), network(target)];
  if (own === undefined || other === undefined) return 'nobody';
  if (own.whole === other.whole) return 'itself';
  return own.part === other.part ? 'neighbour' : 'nobody';
}

/** The first 24 bits of an IPv4 address, 64 of an IPv6 one: what homes and camera networks are cut into. */
function network(ip: string): { readonly whole: string; readonly part: string } | undefined {
  const four = /^(?:::ffff:)?((\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3})$/i.exec(ip);
  if (four?.[1] && four[2]) return { whole: four[1], part: four[2] };
  const [bare = ''] = ip.toLowerCase().split('%');
  if (!/^[0-9a-f:]+$/.test(bare) || !bare.includes(':')) return undefined;
  const [head = '', tail] = bare.split('::');
  const [front, back] = [head, tail ?? ''].map((part) => part.split(':').filter((one) => one !== ''));
  if (!front || !back) return undefined;
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const all = [...front, ...zeros, ...back].map((one) => Number.parseInt(one, 16).toString(16));
  return all.length === 8 ? { whole: all.join(':'), part: all.slice(0, 4).join(':') } : undefined;
}

/** The address in a Location header. @returns undefined: it is none that a camera can be asked at */
export function locationOf(
  given: string,
  asked: string,
): Pick<RtspAddress, 'host' | 'port' | 'secure' | 'url'> | undefined {
  const url = withoutCredentials(given.trim());
  const target = absolute.test(url) ? url : url.startsWith('/') ? authorityOf(asked) + url : undefined;
  const [, scheme = '', host, port, rest = ''] =
    /^(rtsps?):\/\/(\[[0-9a-f:.]+\]|[\w.-]{1,253})(?::(\d{1,5}))?([/?][\x21-\x7e]{0,1000})?$/i.exec(target ?? '') ?? [];
  if (host === undefined) return undefined;
  const secure = scheme.toLowerCase() === 'rtsps';
  const number = Number(port ?? (secure ? 322 : 554));
  if (number < 1 || number > 65535) return undefined;
  const name = `${host}:${number}`;
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    secure,
    url: `${scheme.toLowerCase()}://${name}${rest || '/'}`,
  };
}
