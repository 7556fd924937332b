/** Pure. Pictures as a camera takes, counts and sends them, and as a network lets them arrive; for tests of their dates. */

export interface Sent {
  /** Milliseconds: when it was truly taken, and when it arrives. */
  readonly taken: number;
  readonly arrived: number;
  /** RTP timestamp: 32 bits. */
  readonly timestamp: number;
}

/** So many pictures a second are sent, and counted, for so long. `undefined` counted: as they are sent. */
export interface Phase {
  readonly seconds: number;
  readonly sent: number;
  readonly counted?: number;
  /** Units of the timestamp for each second that is counted. */
  readonly rate?: number;
}

export interface Way {
  /** Milliseconds from taken to arrived, before queueing: nothing overtakes. */
  readonly delay?: (taken: number) => number;
  /** Milliseconds that the camera's own clock is set on (or back), by when a picture is taken. */
  readonly clockSet?: (taken: number) => number;
  readonly firstTimestamp?: number;
}

export function sentIn(phases: readonly Phase[], way: Way = {}): readonly Sent[] {
  const { delay = () => 20, clockSet = () => 0, firstTimestamp = 4_294_900_000 } = way;
  const all: Sent[] = [];
  let taken = 0;
  let counted = firstTimestamp;
  let arrived = 0;
  for (const { seconds, sent, counted: rate = sent, rate: units = 90_000 } of phases)
    for (let end = taken + seconds * 1000; taken < end - 1; taken += 1000 / sent) {
      arrived = Math.max(arrived, taken + delay(taken));
      const timestamp = Math.round(counted + clockSet(taken) * 90) % 2 ** 32;
      all.push({ taken, arrived, timestamp: (timestamp + 2 ** 32) % 2 ** 32 });
      counted += rate === 0 ? 0 : units / rate;
    }
  return all;
}

/** A number in [0, 1) for each call, always the same ones. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Nothing gets through for so long, every so often; then all at once. Milliseconds. */
export const stalls =
  (every: number, length: number, usual = 20) =>
  (taken: number): number => {
    const into = taken % every;
    return into >= every - length ? every - into + usual : usual;
  };

/** Pictures of a group in decoding order: each anchor before the B pictures that are shown before it. */
export function reordered(pictures: readonly Sent[], bPictures: number, pyramid = false): readonly Sent[] {
  const [first, ...rest] = pictures;
  if (!first) return [];
  const out: Sent[] = [first];
  for (let at = 0; at + bPictures < rest.length; at += bPictures + 1) {
    const group = rest.slice(at, at + bPictures + 1);
    const anchor = group.at(-1) as Sent;
    const others = group.slice(0, -1);
    const middle = others.splice(others.length >> 1, pyramid ? 1 : 0);
    // None of them can be coded before the anchor is taken, and they follow it one by one.
    const spacing = (anchor.taken - (group[0]?.taken ?? 0)) / Math.max(1, bPictures);
    for (const [index, one] of [anchor, ...middle, ...others].entries())
      out.push({ ...one, arrived: Math.max(one.arrived, anchor.arrived + (index * spacing) / 2) });
  }
  return out;
}
