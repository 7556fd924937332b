/** What the relay says of itself: a unit whose words are not acknowledged says in its own log why, once. */
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Orders } from './obey.ts';

export function relayStates(log: Logger): Pick<Orders, 'relay-state'> {
  let told = '';
  return {
    'relay-state'(state) {
      const words = state.type === 'cannot-save' ? state.words : '';
      if (words === told) return;
      told = words;
      if (state.type === 'saves') log.info('The relay can save again');
      else
        log.warn('The relay cannot save. What it is told is kept here, and said again', { words, since: state.since });
    },
  };
}
