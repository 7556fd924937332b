/**
 * A test fall. It goes the way of an alarm – this unit's disk, the outbox in front of everything else, the relay, a console – and never
 * under an alarm's name: a relay that does not know it calls nobody, no look can be opened for it, and no real alarm can be taken for one,
 * because what finds falls has no way to this file.
 */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { Proof } from '@nattfrid/shared/wire/service-call';
import { type Deeds, refused } from './deed.ts';

/** What the unit has seen itself since it was paired. */
export interface Proofs {
  saw(proof: Proof): void;
  seen(): readonly Proof[];
}

export function testFallDeeds(parts: {
  readonly newAlarmId: () => AlarmId;
  readonly proofs: Proofs;
}): Pick<Deeds, 'test-fall' | 'test-fall-back'> {
  const raised = new Set<AlarmId>();
  return {
    'test-fall'() {
      const alarm = parts.newAlarmId();
      raised.add(alarm);
      return { type: 'test-fall-raised', alarm };
    },
    'test-fall-back'({ alarm }) {
      // The relay could say so of any: only one that this unit has raised proves that it came through.
      if (!raised.delete(alarm)) return refused('not-found');
      parts.proofs.saw('test-fall');
      return { type: 'proofs', seen: parts.proofs.seen() };
    },
  };
}

/** Kept in memory alone, for a unit that nobody waits to be ready. */
export function noProofs(): Proofs {
  const seen = new Set<Proof>();
  return { saw: (proof) => void seen.add(proof), seen: () => [...seen] };
}
