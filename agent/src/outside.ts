/** Pure. What the agent is given from outside: time, chance, ids, a log, an environment. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Power } from './trust/power.ts';

export interface Outside {
  readonly clock: Clock;
  readonly log: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** A fresh UUID each time. */
  readonly newId: () => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Of the machine: whoever pairs the unit stands beside it, and has just given it power. */
  readonly power: Power;
}
