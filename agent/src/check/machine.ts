/** Pure. The unit's own parts: lamp, models, disk, how it keeps up, how warm it is. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { CannotKeep, Vitals } from '@nattfrid/shared/wire/vitals';

/** `untold`: it is lit for somebody just now, and is not touched. */
export type LampReading = 'none' | 'works' | 'fails' | 'untold';

export function lampCheck(lamp: LampReading): Check {
  const said = (state: Check['state'], code: string): Check => ({ name: 'lamp', state, code });
  switch (lamp) {
    case 'none':
      return said('well', 'none');
    case 'works':
    case 'untold':
      return said('well', 'works');
    case 'fails':
      return said('fault', 'fails');
  }
}

export const modelsCheck = (areWhole: boolean): Check =>
  areWhole ? { name: 'models', state: 'well', code: 'whole' } : { name: 'models', state: 'fault', code: 'damaged' };

/** Bytes. undefined: the disk does not say. */
export interface DiskRoom {
  readonly free: number;
  readonly all: number;
}

/** Words of weeks fit into it; what is less fills up. */
const fewMegabytes = 50;

export function diskCheck(cannotKeep: CannotKeep | undefined, room: DiskRoom | undefined): Check {
  const freeMegabytes = room && Math.floor(room.free / 1e6);
  const figures = freeMegabytes === undefined ? {} : { figures: { freeMegabytes } };
  const said = (state: Check['state'], code: string): Check => ({ name: 'disk', state, code, ...figures });
  switch (cannotKeep) {
    case 'disk-full':
      return said('fault', 'full');
    case 'disk-damaged':
      return said('fault', 'damaged');
    case 'read-only':
      return said('fault', 'read-only');
    case undefined:
      return freeMegabytes !== undefined && freeMegabytes < fewMegabytes
        ? said('advice', 'nearly-full')
        : said(freeMegabytes === undefined ? 'unknown' : 'well', 'room');
  }
}

/** Boards of this kind slow themselves down from 80 degrees Celsius on (Raspberry Pi, «Frequency management and thermal control»). */
const hot = 80;

export function loadCheck(
  vitals: Pick<Vitals, 'cannotLook' | 'analysedPerSecond' | 'droppedPictures' | 'memoryMegabytes'>,
  temperatureC: number | undefined,
): Check {
  const figures = {
    analysedPerSecond: vitals.analysedPerSecond,
    droppedPictures: vitals.droppedPictures,
    memoryMegabytes: vitals.memoryMegabytes,
    ...(temperatureC !== undefined && { temperatureC }),
  };
  const said = (state: Check['state'], code: string): Check => ({ name: 'load', state, code, figures });
  if (vitals.cannotLook === 'decoder') return said('fault', 'decoder-stuck');
  if (vitals.cannotLook === 'load') return said('fault', 'too-slow');
  return temperatureC !== undefined && temperatureC >= hot ? said('advice', 'hot') : said('well', 'keeps-up');
}
