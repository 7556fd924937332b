/** When the machine was given power: the one file that asks the system. */
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';

export interface Power {
  /** For how long the machine has had power. */
  since(): Duration;
  /** Another one each time that it is given power. */
  readonly boot: string;
}

export const systemPower: Power = {
  since: () => seconds(uptime()),
  get boot() {
    try {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      return 'unknown';
    }
  },
};
