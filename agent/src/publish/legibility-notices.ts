/** Pure. What one viewer is told of how well the person can be made out: when it changes, and each viewer anew. */
import type { HardToSee } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { LegibilityNotice } from '@nattfrid/shared/wire/legibility-notice';

/** @param offered asked when there is something to tell. @returns undefined: nothing new */
export type LegibilityNotices = (
  hard: HardToSee | undefined,
  offered?: () => readonly Mode[],
) => LegibilityNotice | undefined;

export function legibilityNotices(): LegibilityNotices {
  let told: HardToSee | undefined;
  return (hard, offered) => {
    if (hard === told) return undefined;
    told = hard;
    if (!hard) return { type: 'legible' };
    return { type: 'hard-to-see', why: hard, offers: offered?.() ?? [] };
  };
}
