/** Tries whether the camera sees in the dark: the river runs for a while though no plan may want it, with its gate shut, and figures are kept of its pictures. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { type DarkPicture, darkCheck } from '../check/dark.ts';
import { type Deed, refused } from './deed.ts';

export interface DarkParts {
  /** Has the camera watched until disposed; nobody is shown anything by it. */
  readonly watch: () => Disposable;
  /** Told of each picture that is looked at, until disposed. */
  readonly listen: (heard: (picture: DarkPicture) => void) => Disposable;
  /** The unit is stopped or rests: then it watches nothing, whoever asks. */
  readonly isDark: () => boolean;
  readonly keep: (check: Check) => void;
  readonly clock: Pick<Clock, 'sleep' | 'steady'>;
  readonly signal: AbortSignal;
}

/** A camera that goes to infrared takes some seconds to settle: what came before is not judged. */
const settles: Duration = seconds(6);
const judged: Duration = seconds(6);
/** For the first picture. */
const longest: Duration = seconds(40);
const pulse: Duration = seconds(0.5);

export function tryDark(parts: DarkParts): Deed<'try-dark'> {
  const { watch, listen, isDark, keep, clock, signal } = parts;
  return async () => {
    if (isDark()) return refused('failed');
    let first: Duration | undefined;
    const pictures: DarkPicture[] = [];
    const began = clock.steady();
    {
      using _watching = watch();
      using _listening = listen((picture) => {
        first ??= clock.steady();
        if (clock.steady() - first >= settles) pictures.push(picture);
      });
      const isOver = () =>
        first === undefined ? clock.steady() - began >= longest : clock.steady() - first >= settles + judged;
      while (!signal.aborted && !isOver()) await clock.sleep(pulse, signal);
    }
    const check = darkCheck(pictures);
    if (check.code !== 'no-picture') keep(check);
    return { type: 'dark-tried', check };
  };
}
