/** What a technician should set in a camera that is seen well enough to watch: told once, and again where it has become worse. */
import type { Logger } from '@nattfrid/shared/log/logger';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';

export interface Advising {
  /** @param length how long, where the advice is about a length */
  say(advice: CameraAdvice, isSo: boolean, length?: Duration): void;
}

/** Key pictures further apart are told: after each hang-up nobody is seen for as long. */
export const rareKeys: Duration = seconds(8);
/** Pictures that are held back for longer are nearly too old to be shown when they come. */
export const heldBackTooLong: Duration = milliseconds(900);
/** Told again where it takes so many times as long. */
const worse = 3;

const sentences: Readonly<Record<CameraAdvice, string>> = {
  'times-do-not-count': "the camera's times do not count the time: its pictures are dated by their arrival",
  'rare-key-pictures':
    'a whole picture comes only every so many seconds: set the I-frame interval to 1 or 2 s, and a smart codec (H.264+, H.265+, Zipstream) off',
  'b-pictures': 'the camera holds its pictures back, to code them out of order: set B pictures off',
};

/** @param told all that is so now, at each change */
export function openAdvice(camera: string, log: Logger, told: (all: readonly CameraAdvice[]) => void): Advising {
  const now = new Set<CameraAdvice>();
  const said = new Map<CameraAdvice, number>();
  return {
    say(advice, isSo, length) {
      const before = said.get(advice);
      const isNews = before === undefined || (length !== undefined && length >= before * worse);
      if (isSo && isNews) {
        said.set(advice, length ?? 0);
        log.warn(sentences[advice], {
          camera,
          ...(length !== undefined && { seconds: Math.round(length / 100) / 10 }),
        });
      }
      if (isSo === now.has(advice)) return;
      if (isSo) now.add(advice);
      else now.delete(advice);
      told([...now]);
    },
  };
}
