/** Pure. From what was noted in unit, relay and page: where each millisecond went between the press and the first picture. */

/** Milliseconds since 1970. */
export interface ProgramMark {
  readonly at: number;
  readonly what: 'in' | 'out' | 'line' | 'frame' | 'cleared' | 'coded' | 'request';
  readonly bytes: number;
  /** Address of the other end, or the path that is asked for. */
  readonly peer: string;
}

export interface PageMark {
  readonly at: number;
  readonly what: 'asks' | 'answered' | 'watch' | 'opened' | 'decoded';
}

/** In the order in which they follow each other. */
export const stageNames = [
  'pressed; asked',
  'on the way to the relay',
  'written; unit told',
  'on the way to the unit',
  'asker found; line written',
  'waits for the camera',
  'looked at; drawn anonymous',
  'coded',
  'sealed',
  'on the way to the relay again',
  'passed, once the screen is there',
  'opened; decoded',
  'put on the screen',
] as const;

export interface Timeline {
  /** Milliseconds of each stage, as `stageNames`. */
  readonly stages: readonly number[];
  /** Of the sealed first picture. */
  readonly bytes: number;
  /** From the press until a screen was asked for its pictures, which goes on beside the unit's work. */
  readonly screenAsked: number | undefined;
}

interface Noted {
  readonly clickedAt: number;
  readonly drawnAt: number;
  readonly unit: readonly ProgramMark[];
  readonly relay: readonly ProgramMark[];
  readonly page: readonly PageMark[];
  readonly home: string;
}

/** A word, in bytes: what is smaller is a beat or an acknowledgement. */
const word = 200;
/** Of a WebSocket's message, in bytes. */
const head = 14;
/** Milliseconds between two bytes of one picture out of the decoder's pipe, at most. */
const together = 8;

/** @returns undefined where a mark is missing, so that nothing is guessed */
export function timelineOf({ clickedAt, drawnAt, unit, relay, page, home }: Noted): Timeline | undefined {
  const after = (marks: readonly ProgramMark[], at: number | undefined, fits: (one: ProgramMark) => boolean) =>
    at === undefined ? undefined : marks.find((one) => one.at >= at && fits(one));
  const inPage = (what: PageMark['what']) => page.find((one) => one.what === what && one.at >= clickedAt)?.at;
  const asks = inPage('asks');
  const reached = after(relay, asks, ({ what, peer }) => what === 'request' && peer === '/api/looks/open')?.at;
  const told = after(relay, reached, ({ what, peer, bytes }) => what === 'out' && peer === home && bytes > word)?.at;
  const heard = after(unit, told, ({ what, bytes }) => what === 'in' && bytes > word)?.at;
  const line = after(unit, heard, ({ what }) => what === 'line')?.at;
  const cleared = after(unit, line, ({ what }) => what === 'cleared')?.at;
  const frame = line === undefined ? undefined : endOfFirst(unit, line);
  const coded = after(unit, cleared, ({ what }) => what === 'coded');
  const sent = after(unit, coded?.at, ({ what, bytes }) => what === 'out' && bytes > 0.7 * (coded?.bytes ?? 0));
  const passed = after(
    relay,
    sent?.at,
    // A unit's WebSocket masks what it says, and has some bytes of a head in front.
    ({ what, peer, bytes }) => what === 'out' && peer !== home && Math.abs(bytes - (sent?.bytes ?? 0)) <= head,
  )?.at;
  const came = sent && wholeAt(relay, sent, home);
  const decoded = inPage('decoded');
  const all = [clickedAt, asks, reached, told, heard, line, frame, cleared, coded?.at, sent?.at, came, passed, decoded];
  const times = [...all, drawnAt].filter((one) => one !== undefined);
  if (times.length !== stageNames.length + 1 || !sent) return undefined;
  const watch = inPage('watch');
  return {
    stages: times.slice(1).map((at, index) => at - (times[index] ?? at)),
    bytes: sent.bytes,
    screenAsked: watch === undefined ? undefined : watch - clickedAt,
  };
}

/** When the first picture that the decoder gives from then on is whole. */
function endOfFirst(unit: readonly ProgramMark[], from: number): number | undefined {
  const chunks = unit.filter(({ what, at }) => what === 'frame' && at >= from);
  const last = chunks.findIndex(({ at }, index) => (chunks[index + 1]?.at ?? Number.POSITIVE_INFINITY) - at > together);
  return chunks[last]?.at;
}

/** When all bytes of what was sent have come from the home. */
function wholeAt(relay: readonly ProgramMark[], sent: ProgramMark, home: string): number | undefined {
  let missing = sent.bytes;
  for (const one of relay) {
    if (one.what !== 'in' || one.peer !== home || one.at < sent.at) continue;
    missing -= one.bytes;
    if (missing <= 0) return one.at;
  }
  return undefined;
}
