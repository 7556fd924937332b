/** Pure. The Transport header (RFC 2326 §12.39): what the unit asks for, and what cameras make of it. */

export type Way =
  | { readonly type: 'tcp' }
  /** @property port its own even port for RTP; RTCP has the next one. */
  | { readonly type: 'udp'; readonly port: number };

export type Granted =
  | { readonly type: 'tcp'; readonly channel: number; readonly control: number }
  /** The camera's own ports, where it names them. */
  | { readonly type: 'udp'; readonly port: number | undefined; readonly control: number | undefined }
  | { readonly type: 'multicast' };

export const askFor = (way: Way): string =>
  way.type === 'tcp'
    ? 'RTP/AVP/TCP;unicast;interleaved=0-1'
    : `RTP/AVP;unicast;client_port=${way.port}-${way.port + 1}`;

/** @param header undefined, or without a word of TCP or UDP: the camera means what it was asked for */
export function readTransport(header: string | undefined, asked: Way): Granted {
  const given = (header ?? '').split(',', 1)[0] ?? '';
  const parts = given.split(';').map((part) => part.trim().toLowerCase());
  const pair = (name: string): readonly [number | undefined, number | undefined] => {
    const [, first, second] =
      parts
        .map((part) => new RegExp(`^${name}\\s*=\\s*(\\d{1,5})(?:\\s*-\\s*(\\d{1,5}))?$`).exec(part))
        .find(Boolean) ?? [];
    return [first === undefined ? undefined : Number(first), second === undefined ? undefined : Number(second)];
  };
  const [channel = 0, control = channel + 1] = pair('interleaved');
  const interleaved = parts.some((part) => part.startsWith('interleaved'));
  if (parts.includes('multicast')) return { type: 'multicast' };
  const overUdp = /^rtp\/s?avpf?(\/udp)?$/.test(parts[0] ?? '') && !interleaved;
  const [port, controlPort] = pair('server_port');
  const udp = asked.type === 'udp' ? !interleaved && !/tcp/.test(parts[0] ?? '') : overUdp;
  if (!udp)
    return channel > 254 || control > 255 ? { type: 'tcp', channel: 0, control: 1 } : { type: 'tcp', channel, control };
  return {
    type: 'udp',
    port: asPort(port),
    control: asPort(controlPort ?? (port === undefined ? undefined : port + 1)),
  };
}

const asPort = (port: number | undefined): number | undefined =>
  port !== undefined && port > 0 && port < 65536 ? port : undefined;
