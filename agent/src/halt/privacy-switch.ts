/** The switch on the unit itself, for whoever lives there: a file that says 1 (dark) or 0, such as the value of a GPIO pin. Works without any network. */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { SwitchState } from './halts.ts';

/** A pin's value is «0\n» or «1\n»; whatever is longer is no switch. */
const longest = 16;

/** @param file undefined: this unit has none @returns unreadable where it says anything but 0 or 1 */
export function readSwitch(file: string | undefined): SwitchState {
  if (file === undefined) return 'off';
  try {
    // A pipe that nobody writes to must not hold the unit up.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const bytes = Buffer.alloc(longest);
      const said = bytes.toString('latin1', 0, readSync(handle, bytes, 0, longest, null)).trim();
      return said === '0' ? 'off' : said === '1' ? 'on' : 'unreadable';
    } finally {
      closeSync(handle);
    }
  } catch {
    return 'unreadable';
  }
}
