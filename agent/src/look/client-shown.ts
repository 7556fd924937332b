/** Pure. Whether what has passed the gate shows a person, surely and clearly, for long enough that nobody else need be shown for the client. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cleared } from '../anonymise/cleared.ts';

/** A coat on a chair is a person for a moment; an operator needs as long to be sure of one. */
const onEnd = seconds(3);
/** Pictures that are further apart show nothing on end. */
const longestGap = seconds(1);

export interface ClientShown {
  /** @returns the look in which a person has been shown for long enough by now; told once for each look */
  passed(cleared: Cleared, look: LookId): LookId | undefined;
}

export function clientShown(): ClientShown {
  let of: LookId | undefined;
  let told: LookId | undefined;
  let since: Instant | undefined;
  let last: Instant | undefined;
  return {
    passed(cleared, look) {
      const { at } = cleared;
      const isShown = cleared.type === 'picture' && cleared.person;
      const goesOn = of === look && last !== undefined && at >= last && at - last <= longestGap;
      since = isShown ? (goesOn ? (since ?? at) : at) : undefined;
      [of, last] = [look, at];
      if (since === undefined || at - since < onEnd || told === look) return undefined;
      told = look;
      return look;
    },
  };
}
