/** Pure. What the agent is given from outside: time, chance, ids, a log, an environment. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';

export interface Outside {
  readonly clock: Clock;
  readonly log: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** A fresh UUID each time. */
  readonly newId: () => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Names this start of the machine; undefined: it does not say. */
  readonly boot?: string | undefined;
}
