/** Pure. Writes RTSP 1.0 messages (RFC 2326 §6, §7): the unit's requests, and its answers to the camera's. */

/** @param headers without CSeq; none of them may hold a line break. */
export function writeRequest(
  method: string,
  url: string,
  sequence: number,
  headers: Readonly<Record<string, string>>,
): string {
  const lines = [`${method} ${url} RTSP/1.0`, `CSeq: ${sequence}`, 'User-Agent: Nattfrid'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** @param sequence the CSeq of the camera's request, as it came */
export function writeAnswer(status: string, sequence: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = [`RTSP/1.0 ${status}`, `CSeq: ${sequence}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** An RTP or RTCP packet on an interleaved channel (§10.12). @param channel 0 to 255. @param payload at most 65535 bytes */
export function writeInterleaved(channel: number, payload: Uint8Array): Uint8Array {
  const all = new Uint8Array(4 + payload.length);
  all.set([0x24, channel, payload.length >> 8, payload.length & 255]);
  all.set(payload, 4);
  return all;
}
