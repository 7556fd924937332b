/** What a technician asks about leaving a unit: the test fall, that somebody has taken it, and whether it is ready. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { ReadyKeeper } from '../ready/keep-readiness.ts';
import type { Answer, Deeds } from './deed.ts';

/**
 * A test fall goes the way of an alarm – this unit's disk, the outbox in front of everything else, the relay, a console – and never under an
 * alarm's name: a relay that does not know it calls nobody, no look can be opened for it, and no real alarm can be taken for one.
 */
export function readyDeeds(
  ready: Pick<ReadyKeeper, 'fallRaised' | 'served'>,
  newAlarmId: () => AlarmId,
): Pick<Deeds, 'test-fall' | 'test-fall-back' | 'ready'> {
  const served = (call: Parameters<ReadyKeeper['served']>[0]): Answer => {
    const { call: _named, ...answer } = ready.served(call);
    return answer;
  };
  return {
    'test-fall'() {
      const alarm = newAlarmId();
      // On the disk before it is sent: it may come back after a power cut.
      ready.fallRaised(alarm);
      return { type: 'test-fall-raised', alarm };
    },
    'test-fall-back': served,
    ready: served,
  };
}
