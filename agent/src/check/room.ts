/** Pure. Whether the agreed place lies in the picture, and whether a person has confirmed the room that the unit goes by. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { Room } from '@nattfrid/shared/domain/room';
import { coverageOf, wellInView } from '@nattfrid/shared/domain/room-coverage';
import type { Vitals } from '@nattfrid/shared/wire/vitals';

export interface RoomReading {
  readonly room: Room;
  /** Somebody has confirmed it; otherwise it is that of the settings, or none. */
  readonly isConfirmed: boolean;
  /** The unit has proposed one since it started. */
  readonly isProposed: boolean;
  readonly changes: number;
  readonly vitals: Pick<Vitals, 'camera' | 'cannotSee'>;
}

export function viewCheck({ room, vitals }: RoomReading): Check {
  const said = (state: Check['state'], code: string, figures?: Check['figures']): Check => ({
    ...{ name: 'view', state, code },
    ...(figures && { figures }),
  });
  if (vitals.camera === 'connected' && vitals.cannotSee) return said('fault', 'cannot-see');
  const coverage = coverageOf(room);
  if (!coverage) return vitals.camera === 'connected' ? said('advice', 'no-bed') : said('unknown', 'not-looked');
  const figures = { inViewPercent: Math.round(coverage.score * 100), hiddenPercent: Math.round(coverage.hidden * 100) };
  return coverage.score >= wellInView
    ? said('well', 'bed-in-view', figures)
    : said('advice', 'bed-partly-in-view', figures);
}

export function roomCheck({ isConfirmed, isProposed, changes }: RoomReading): Check {
  const said = (state: Check['state'], code: string): Check => ({ name: 'room', state, code });
  if (isConfirmed) return changes > 0 ? said('advice', 'changed') : said('well', 'confirmed');
  return isProposed ? said('advice', 'proposed') : said('unknown', 'not-proposed');
}
