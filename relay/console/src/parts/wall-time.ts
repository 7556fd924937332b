/** Pure. A time of day as somebody types it. */
import type { WallTime } from '@nattfrid/shared/domain/plan';

/** «03», «3:00», «0300», «03.00» @returns undefined for anything else */
export function readWallTime(typed: string): WallTime | undefined {
  const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(typed.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}
