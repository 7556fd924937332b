/** What a technician says at the unit, without any network: stop, pause, resume; obeyed by the running agent within a second, or when it starts. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { days } from '@nattfrid/shared/time/duration';
import { type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import { longestPauseDays } from '@nattfrid/shared/wire/halt-letter';
import { sayAtTheUnit } from './at-the-unit.ts';

export const haltCommands = ['stop', 'pause', 'resume'] as const;
export type HaltCommand = (typeof haltCommands)[number];

/**
 * @param data the unit's data folder @param until of a pause: ISO 8601, such as 2026-12-01T07:00+01:00
 * @returns what to print @throws Fault `request-invalid` where there is no such time, or it is past, or more than 14 days ahead
 */
export function haltHere(data: string, command: HaltCommand, until: string | undefined, now: Instant): string {
  switch (command) {
    case 'stop':
      sayAtTheUnit(data, { type: 'stopped' });
      return 'Stopped: nothing is watched and nothing shown until «nattfrid-agent resume».';
    case 'pause': {
      const end = pauseEnd(until, now);
      sayAtTheUnit(data, { type: 'paused', until: end });
      return `Paused: nothing is watched and nothing shown until ${printInstant(end)}, or «nattfrid-agent resume».`;
    }
    case 'resume':
      sayAtTheUnit(data, { type: 'nothing' });
      return 'What was said here is taken back. What the municipality has stopped stays so until a newer plan is signed.';
  }
}

function pauseEnd(until: string | undefined, now: Instant): Instant {
  const end = until === undefined ? Number.NaN : Date.parse(until);
  if (Number.isNaN(end))
    throw new Fault('request-invalid', 'pause takes --until TIME, such as --until 2026-12-01T07:00+01:00.');
  if (end <= now) throw new Fault('request-invalid', `--until ${until} is past.`);
  if (end - now > days(longestPauseDays))
    throw new Fault('request-invalid', `A pause is at most ${longestPauseDays} days. Use stop for longer.`);
  return instant(end);
}
