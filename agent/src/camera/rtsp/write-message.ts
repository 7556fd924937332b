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
