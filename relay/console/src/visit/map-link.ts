/** Pure. A link that opens an address in the telephone's own map: whichever its person has chosen. */

/** @param agent of the browser: Apple's have a scheme of their own (RFC 5870 for all others) @returns the address and nothing of who lives there */
export function mapLink(address: string, agent: string): string {
  const asked = encodeURIComponent(address);
  return /iPhone|iPad|Macintosh/.test(agent) ? `maps:?daddr=${asked}` : `geo:0,0?q=${asked}`;
}
