/** Tells whoever may start the computer again that it must not now: by a file that is there while somebody looks or an alarm goes on. */
import { rmSync, writeFileSync } from 'node:fs';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';

const pulse = seconds(1);

/** @param mayStill nobody looks, and no alarm goes on. The file goes when this is disposed of. */
export function tellBusy(parts: {
  readonly file: string;
  readonly mayStill: () => boolean;
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Logger;
}): Disposable {
  const { file, mayStill, clock, log } = parts;
  let told: boolean | undefined;
  const set = (busy: boolean) => {
    if (busy === told) return;
    try {
      if (busy) writeFileSync(file, '');
      else rmSync(file, { force: true });
      told = busy;
    } catch (error) {
      // Tried again at the next beat; only the first time is told.
      if (told !== undefined || busy)
        log.warn('It cannot be told whether the computer may start again', { words: asFault(error).message });
    }
  };
  set(!mayStill());
  const beat = clock.every(pulse, () => set(!mayStill()));
  return {
    [Symbol.dispose]() {
      beat[Symbol.dispose]();
      set(false);
    },
  };
}
