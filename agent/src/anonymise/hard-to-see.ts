/** Pure. The warning «hard to see», with hysteresis over two seconds: one bad picture does not raise it, one good picture does not clear it. */
import type { HardToSee } from '@nattfrid/shared/domain/look';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Legibility } from './legible.ts';

const over = seconds(2);
/** Share of illegible pictures that raises the warning, and under which it is cleared. */
const [from, until] = [0.6, 0.3];
const fewest = 8;

export interface HardToSeeWatch {
  /** @param legibility undefined where nobody is drawn. @returns the warning to show now */
  see(at: Instant, legibility: Legibility | undefined): HardToSee | undefined;
}

export function hardToSee(): HardToSeeWatch {
  let seen: readonly { readonly at: Instant; readonly hard: HardToSee | undefined }[] = [];
  let told: HardToSee | undefined;
  return {
    see(at, legibility) {
      const hard = legibility && !legibility.legible ? legibility.hard : undefined;
      seen = [...seen.filter((one) => one.at <= at && at - one.at < over), { at, hard }];
      const bad = seen.flatMap((one) => (one.hard ? [one.hard] : []));
      const share = bad.length / seen.length;
      if (told ? share < until : seen.length < fewest || share < from) told = undefined;
      else told = most(bad) ?? told;
      return told;
    },
  };
}

const most = (all: readonly HardToSee[]): HardToSee | undefined =>
  [...Map.groupBy(all, (one) => one)].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
