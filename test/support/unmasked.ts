/** Pure. Payloads of a WebSocket client from the bytes of its connection, unmasked, as a masked frame hides what a search looks for. */

/** @param bytes one connection from its first byte on (RFC 6455 §5.2) @returns the head in the clear and the payloads of all whole frames, or the bytes as they are where it is no WebSocket */
export function unmasked(bytes: Uint8Array): {
  readonly isSocket: boolean;
  readonly plain: Buffer;
  readonly frames: number;
} {
  const all = Buffer.from(bytes);
  const end = all.indexOf('\r\n\r\n');
  const head = end < 0 ? '' : all.toString('latin1', 0, end);
  if (!/^upgrade: websocket/im.test(head)) return { isSocket: false, plain: all, frames: 0 };
  const parts = [all.subarray(0, end)];
  let at = end + 4;
  let frames = 0;
  while (at + 2 <= all.length) {
    const short = all[at + 1]! & 127;
    const isMasked = (all[at + 1]! & 128) !== 0;
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
    if (at + 2 + extra + 4 > all.length) break;
    const size = extra === 2 ? all.readUInt16BE(at + 2) : extra === 8 ? Number(all.readBigUInt64BE(at + 2)) : short;
    const mask = at + 2 + extra;
    const from = mask + (isMasked ? 4 : 0);
    if (from + size > all.length) break;
    const payload = Buffer.from(all.subarray(from, from + size));
    if (isMasked) for (let i = 0; i < size; i++) payload[i]! ^= all[mask + (i & 3)]!;
    parts.push(payload);
    frames++;
    at = from + size;
  }
  return { isSocket: true, plain: Buffer.concat(parts), frames };
}
