/** Pure. A detector's findings as one line each, for tables in tests. */
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Observation } from '@nattfrid/shared/domain/observation';
import { type Machine, run } from '@nattfrid/shared/machine/machine';

/** «began fell-from-standing@16.5»: phase, code, second; «attended» where a helper was present. */
export function told<State>(
  detector: Machine<State, Observation, Finding>,
  stories: readonly (readonly Observation[])[],
  zero = 0,
): string[] {
  return run(detector, stories.flat()).effects.map(
    ({ phase, at, evidence: { code, attended } }) =>
      `${phase} ${code}@${Math.round((at - zero) / 100) / 10}${attended ? ' attended' : ''}`,
  );
}
