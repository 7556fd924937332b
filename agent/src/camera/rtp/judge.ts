/**
 * Pure. Whether a picture can be shown, and what a loss costs: as little as can be proved. What was not sent is never shown.
 *
 * - a picture of which a part is missing is left out. If no other refers to it, that is all;
 * - if others may refer to it, nothing is shown up to the next picture at which a decoder can begin;
 * - where packets are missing between whole pictures, the next one's place in the order of the references tells whether a picture was in
 *   them: if not (padding, messages, a repeated packet), they cost nothing;
 * - where a refresh has to be complete first, pictures are given to be decoded, and marked as not to be shown.
 */
import type { Codec } from '../../codec/codec.ts';
import type { Depacketized } from './depacketized.ts';
import type { Beat, Grammar, Picture } from './grammar.ts';

export interface Judged {
  /** Nothing can be shown up to a beginning. `always`: nothing ever could. */
  readonly blind: 'no' | 'yes' | 'always';
  /** Packets that were lost since the last picture that was given, but for those within one that is left out. */
  readonly lost: number;
  readonly last: Picture | undefined;
  readonly beat: Beat;
  readonly key: Picture | undefined;
  /** A decoder that got every picture so far began at the last key. */
  readonly beganAtKey: boolean;
  /** Pictures that others may refer to, until a refresh is complete. */
  readonly refreshing: number;
  /** Pictures that came while no sure beginning ever did. */
  readonly waited: number;
}

export const nothingJudged: Judged = {
  ...{ blind: 'always', lost: 0, last: undefined, beat: { step: 0, times: 0 }, key: undefined },
  ...{ beganAtKey: false, refreshing: 0, waited: 0 },
};

/** Pictures without a sure beginning after which one that is not sure is taken: a camera that knows no others. */
const patience = 50;

/** A decoder could begin here, had the camera given it the parameter sets: said at each, while nothing could be shown. */
const lacksSets: Depacketized = { type: 'odd', what: 'no-parameter-sets' };

/** @param needed others may refer to what is missing */
export function leaveOut(state: Judged, needed: boolean, told: Depacketized[]): Judged {
  if (state.blind !== 'always') told.push({ type: 'damaged', needsKey: needed || state.blind === 'yes' });
  return { ...state, blind: needed && state.blind === 'no' ? 'yes' : state.blind };
}

/** @param told takes the picture, where it is to be given */
export function judge(
  before: Judged,
  picture: Picture,
  { codec, follows }: { readonly codec: Codec; readonly follows: Grammar<unknown>['follows'] },
  timestamp: number,
  told: Depacketized[],
): Judged {
  let state = before;
  const { begins } = picture;
  const taken = begins && (begins.sure || state.waited >= patience) ? begins : undefined;
  const doubtful = state.lost > 0 && state.blind === 'no' && !taken?.closed;
  if (doubtful && !(state.last && follows(state.last, picture, state.lost, state.beat)))
    state = leaveOut(state, true, told);
  if (!begins?.sure && state.blind === 'always') state = { ...state, waited: Math.min(state.waited + 1, patience) };
  if (state.blind !== 'no' && !taken) return state;
  const data = picture.data(taken !== undefined);
  if (!data) {
    if (taken && state.blind === 'always') told.push(lacksSets);
    return state;
  }
  const beginsNow = state.blind !== 'no';
  const leading = taken || !state.key ? 'no' : picture.leads(state.key);
  if (leading === 'always' || (leading === 'yes' && state.beganAtKey)) return state;
  const refreshing = refreshLeft(state.refreshing, picture.reference, taken?.wholeAfter, beginsNow);
  told.push({
    ...{ type: 'picture', codec, timestamp, key: taken !== undefined, data },
    ...(taken && taken.wholeAfter > 0 && { wholeAfter: taken.wholeAfter }),
    ...(leading === 'yes' && { leading: true as const }),
    ...(refreshing > 0 && { unsure: true as const }),
  });
  return {
    ...{ ...state, blind: 'no', lost: 0, last: picture, refreshing, beat: beatOf(state, picture) },
    ...(taken && { key: picture, beganAtKey: beginsNow }),
  };
}

/** How many more pictures are not whole, this one counted: each that others may refer to brings the refresh on by one. */
function refreshLeft(before: number, reference: boolean, wholeAfter: number | undefined, beginsNow: boolean): number {
  if (beginsNow) return wholeAfter ?? 0;
  const left = Math.max(before - (reference ? 1 : 0), 0);
  return Math.min(left, wholeAfter ?? left);
}

function beatOf({ last, beat, lost }: Judged, { place, begins }: Picture): Beat {
  if (!last?.place || !place || begins || lost > 0) return beat;
  const step = (place.at - last.place.at + place.wraps) % place.wraps;
  return { step, times: step === beat.step ? Math.min(beat.times + 1, 1000) : 0 };
}
