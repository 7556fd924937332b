/** Pure. What the screen shows of a look, from what the relay tells, what this browser has received, and the time. */
import type { LookFault, LookView } from '@nattfrid/shared/desk/look-view';
import type { LookEnd, NoPicture, Refusal } from '@nattfrid/shared/domain/look';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Lacking } from '../link/lacking.ts';
import { isSelf, type Self } from '../state/self.ts';
import type { Viewing } from './viewing.ts';

export type Face =
  /** `why`: the unit did not know the console that asked last. */
  | { readonly name: 'due'; readonly why?: Refusal }
  | { readonly name: 'asking' }
  | { readonly name: 'connecting' }
  | { readonly name: 'live'; readonly age: number }
  | { readonly name: 'stale'; readonly age: number }
  | { readonly name: 'gone'; readonly linkLost: boolean }
  | { readonly name: 'no-picture'; readonly why: NoPicture | string }
  | { readonly name: 'refused'; readonly why: Refusal | undefined }
  | { readonly name: 'failed'; readonly why: LookFault | undefined }
  | { readonly name: 'untrusted' }
  | { readonly name: 'put-out'; readonly why: Refusal | undefined }
  | { readonly name: 'lacking'; readonly what: Lacking }
  | { readonly name: 'elsewhere'; readonly who: string | undefined }
  | { readonly name: 'ended'; readonly why: LookEnd | undefined }
  | { readonly name: 'done' };

/** A picture older than `staleAfter` is marked, one older than `goneAfter` taken away. */
const staleAfter = milliseconds(2000);
export const goneAfter = milliseconds(5000);

/** @param now by this browser's clock, as the times in `viewing` */
export function face(look: LookView, viewing: Viewing, self: Self, now: Instant): Face {
  // Before anything the relay tells: what was received did not come from the unit.
  if (viewing.name === 'untrusted' && viewing.look === look.look && look.state !== 'done') return { name: 'untrusted' };
  switch (look.state) {
    case 'due':
      return viewing.name === 'lacking' ? { name: 'lacking', what: viewing.what } : dueFace(look);
    case 'refused':
      return { name: 'refused', why: look.refusal };
    case 'failed':
      return look.fault === 'key-changed' ? { name: 'untrusted' } : { name: 'failed', why: look.fault };
    case 'done':
      return { name: 'done' };
    case 'awaiting-verdict':
      return { name: 'ended', why: look.end };
    case 'asked':
    case 'open':
      return during(look, viewing, self, now);
  }
}

const dueFace = ({ refusal }: LookView): Face => (refusal ? { name: 'due', why: refusal } : { name: 'due' });

function during(look: LookView, viewing: Viewing, self: Self, now: Instant): Face {
  if (viewing.name === 'none' || viewing.name === 'lacking' || viewing.look !== look.look)
    return { name: 'elsewhere', who: isSelf(self, look.operator, look.operatorId) ? undefined : look.operator };
  switch (viewing.name) {
    case 'untrusted':
      return { name: 'untrusted' };
    case 'put-out':
      return { name: 'put-out', why: isSelf(self, look.notJoined?.who) ? look.notJoined?.why : undefined };
    case 'over':
      return { name: 'ended', why: look.end };
    case 'no-picture':
      return { name: 'no-picture', why: viewing.why };
    case 'live':
      return aged(now - viewing.at, false);
    case 'link-lost':
      return viewing.at === undefined ? { name: 'gone', linkLost: true } : aged(now - viewing.at, true);
    case 'connecting':
      if (look.noPicture) return { name: 'no-picture', why: look.noPicture };
      return look.state === 'asked' ? { name: 'asking' } : { name: 'connecting' };
  }
}

function aged(age: number, linkLost: boolean): Face {
  if (age > goneAfter) return { name: 'gone', linkLost };
  return age > staleAfter ? { name: 'stale', age } : { name: 'live', age: Math.max(0, age) };
}

/** Whether the canvas may be seen. */
export const shows = (shown: Face): boolean => shown.name === 'live' || shown.name === 'stale';
