/** Pure. Legibility notices for one viewer: one at each change, and from the beginning for each new viewer. */
import type { HardToSee } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { LegibilityNotice } from '@nattfrid/shared/wire/legibility-notice';

/** @param offered read when a notice is due. @returns undefined where nothing has changed */
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
