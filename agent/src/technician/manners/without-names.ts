/** Pure. Addresses of a camera as they may stand in a recording: what they are relative to, and of their path only what tells tracks apart. */
import type { Taken } from './taken.ts';

/** Ends of addresses by which cameras tell their tracks apart; anything else may be a name, or a password. */
const ofTrack =
  /^(?:(?:track|stream|streamid|trackid|video|audio|media|channel|metadata)(?:[=_]?\d{0,3}|=(?:video|audio)))$/i;

/** @returns `<url>`, `<bare>` (it without its scheme), `<url>/track1`, `<origin>/track1`, `track1`, `*`, or a mark for what it was */
export function withoutNames(text: string, asked: string, taken: Taken): string {
  if (text === '' || text === '*' || ofTrack.test(text)) return text;
  const scheme = /^rtsps?:\/\/(?:[^/@]*@)?[^/]*/i.exec(text)?.[0];
  const base = asked.replace(/\/$/, '');
  const bare = base.replace(/^rtsps?:\/\//i, '');
  const [start, rest] = text.startsWith(base)
    ? ['<url>', text.slice(base.length)]
    : text.startsWith(bare)
      ? ['<bare>', text.slice(bare.length)]
      : scheme !== undefined
        ? ['<origin>', text.slice(scheme.length)]
        : ['', text];
  if (start !== '') taken.out('addresses', '');
  const parts = rest
    .split('/')
    .map((part) => (part === '' || ofTrack.test(part) ? part : taken.out('paths', '<path>')));
  return `${start}${parts.join('/')}`;
}
