/** Finds out who asks for a look: the console's signature on this very call, and whose console that is. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { consoleSaidSo } from '@nattfrid/shared/seal/console-proof';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import type { Asker } from './asker.ts';
import type { WhoseConsole } from './whose-console.ts';

/** Clocks differ; a call that was kept back for longer is not the operator's wish any more. */
export const longestUnderWay: Duration = minutes(15);
/** A look's key belongs to one look: so many are remembered. */
const remembered = 256;

/** A call, or a colleague's joining for the reason of the look that is open. */
export type Asking = Omit<LookCall, 'until'>;
export type AskWho = (call: Asking, at: Instant) => Promise<Asker>;

export function asker(unit: UnitId, whose: WhoseConsole): AskWho {
  /** The look's key > the look it came for: the same asking under another name is somebody else's. */
  const used = new Map<string, string>();
  return async (call, at) => {
    const { console: proof, operator, operatorKey, look } = call;
    if (!proof) return whose(operator, undefined, at);
    const fresh = Math.abs(at - parseInstant(proof.at)) <= longestUnderWay && (used.get(operatorKey) ?? look) === look;
    const meant = proof.look === undefined || proof.look === look;
    if (!fresh || !meant || !(await consoleSaidSo({ unit, ...call }, proof)))
      return { by: 'refused', why: 'console-proof-wrong' };
    used.set(operatorKey, look);
    if (used.size > remembered) used.delete(used.keys().next().value ?? '');
    return whose(operator, proof, at);
  };
}
