/** Notices a decoder that stands still: it is given packets, and neither reads, nor complains, nor gives a picture. A camera is not to blame for that. */
import { readFileSync } from 'node:fs';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';

export interface DecoderWatch extends Disposable {
  /** A packet goes in; disposed once the child has room for more. */
  feeding(): Disposable;
  /** No more goes in: it should come to its end. */
  finishing(): void;
  /** It has given a picture, or said something. */
  alive(): void;
  /** Nobody reads what it gives: that it stands still then is not its fault. */
  unread(): Disposable;
}

const pulse = milliseconds(500);
/** With the pulse, and a new one started, well within five seconds. */
const patience: Duration = milliseconds(2500);
/** Until its first picture it is only starting: on a machine with much to do that takes a while. */
const patienceAtStart: Duration = seconds(8);
/** One that waits for more is given more: a last picture that is held back is no standstill. */
const fedFor: Duration = seconds(1);
/** We stood still ourselves: nothing is known of that time. */
const ownStall: Duration = seconds(2);

/** @param stuck called once */
export function watchDecoder(given: {
  readonly clock: Clock;
  readonly pid: number | undefined;
  readonly stuck: () => void;
}): DecoderWatch {
  const { clock, pid, stuck } = given;
  let begun = false;
  let lastTick = clock.steady();
  let since: Duration | undefined;
  let lastFed = lastTick;
  let read: string | undefined;
  let feeding = 0;
  let finishing = false;
  let unread = 0;
  const watching = clock.every(pulse, () => {
    const now = clock.steady();
    const stalled = now - lastTick > ownStall;
    lastTick = now;
    if (since === undefined || unread > 0) return;
    const before = read;
    read = bytesRead(pid);
    if (stalled || read !== before) {
      since = now;
      return;
    }
    const isFed = finishing || feeding > 0 || lastFed - since >= fedFor;
    if (!isFed || now - since < (begun ? patience : patienceAtStart)) return;
    watching[Symbol.dispose]();
    stuck();
  });
  return {
    feeding() {
      lastFed = clock.steady();
      since ??= lastFed;
      feeding++;
      return { [Symbol.dispose]: () => void feeding-- };
    },
    finishing() {
      finishing = true;
      since ??= clock.steady();
    },
    alive() {
      begun = true;
      since = finishing ? clock.steady() : undefined;
    },
    unread() {
      unread++;
      return {
        [Symbol.dispose]() {
          unread--;
          if (since !== undefined) since = clock.steady();
        },
      };
    },
    [Symbol.dispose]: () => watching[Symbol.dispose](),
  };
}

/** What the child has read so far, by the kernel's count; where there is none only what comes out of it tells. */
function bytesRead(pid: number | undefined): string {
  try {
    return /^rchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? '';
  } catch {
    return '';
  }
}
