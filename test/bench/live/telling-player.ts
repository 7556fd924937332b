/** A player that prints why a look gave no picture. */
import type { Player } from './console-player.ts';
import type { TrialHome } from './trial-home.ts';

/** Prints the unit's last lines where a look gave no picture, as a missing figure is a fault of the bench or of the unit. */
export function telling(way: Player, { home }: TrialHome): Player {
  return {
    ...way,
    async look(watch, during) {
      const opening = await way.look(watch, during);
      if (!opening)
        console.error(
          `… no picture came in ten seconds; the unit said last:\n${home.agent.lines.slice(-5).join('\n')}`,
        );
      return opening;
    },
  };
}
