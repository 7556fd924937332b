/** Progress of long work on stderr: on a terminal one line that is rewritten each second, elsewhere at most one line a minute. */
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds, printDuration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Progress extends Disposable {
  /**
   * Says what is being done, until the next report.
   * @param share of the whole work that is done, 0 to 1; the time left follows from it. Undefined: not known.
   */
  report(doing: string, share?: number): void;
  /** Takes the line off the terminal until the next report, so that a result can be printed in its place. */
  clear(): void;
}

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export function openProgress(out: Output = process.stderr, clock: Clock = systemClock): Progress {
  const period = seconds(out.isTTY ? 1 : 60);
  const begun = clock.now();
  let current: Current | undefined;
  let printedAt: Instant | undefined;
  const print = (): void => {
    if (!current) return;
    const line = lineOf(current, begun, clock.now());
    out.write(out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    printedAt = clock.now();
  };
  const ticking = clock.every(period, print);
  return {
    report(doing, share) {
      const now = clock.now();
      current = { doing, since: doing === current?.doing ? current.since : now, ...(share !== undefined && { share }) };
      if (out.isTTY || printedAt === undefined || now - printedAt >= period) print();
    },
    clear() {
      if (out.isTTY && current) out.write('\r\x1b[K');
      current = undefined;
    },
    [Symbol.dispose]() {
      ticking[Symbol.dispose]();
      this.clear();
    },
  };
}

interface Current {
  readonly doing: string;
  readonly since: Instant;
  readonly share?: number;
}

/** Shares below a fiftieth, and the first seconds, say too little of the time left. */
const [leastShare, leastTime] = [0.02, 5000];

function lineOf({ doing, since, share }: Current, begun: Instant, now: Instant): string {
  const whole = (ms: number) => printDuration(milliseconds(1000 * Math.round(ms / 1000)));
  if (share === undefined) return now - since < 1000 ? doing : `${doing}, for ${whole(now - since)}`;
  const spent = now - begun;
  const left = share >= leastShare && spent >= leastTime ? (spent * (1 - share)) / share : undefined;
  const about = left === undefined ? '' : `, about ${whole(left)} left`;
  return `${doing}, ${Math.round(100 * share)} %${about}`;
}
