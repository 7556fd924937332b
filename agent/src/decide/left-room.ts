/** Pure. Everybody went out through an exit and has been gone for longer than agreed (dwell timer). */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import { type DayTimes, windowAt } from '@nattfrid/shared/domain/window';
import { type Duration, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Way } from '../situation/exits.ts';
import type { Situation } from '../situation/situation.ts';
import type { Detector, Given } from './detector.ts';
import type { Finding } from './finding.ts';

type Terms = {
  readonly afterMinutes: number;
  readonly bathroomMinutes?: number | undefined;
  readonly hours?: DayTimes | undefined;
};

interface Out {
  readonly since: Instant;
  readonly way: Way;
  /** How much of it counts: in the agreed hours, and while somebody looked. */
  readonly outFor: Duration;
  /** Whether these are the agreed hours, as last asked: the calendar takes a millisecond. */
  readonly hours?: { readonly agreed: boolean; readonly asked: Instant };
}
const askAgain = seconds(10);

export type LeftRoomState =
  /** Somebody is in the room, or may be. */
  { readonly name: 'here' } | ({ readonly name: 'out' } & Out) | ({ readonly name: 'told' } & Out);

const leftBy: Record<Way, EvidenceCode<'left-room'>> = {
  exit: 'left-room',
  bathroom: 'left-to-bathroom',
  edge: 'left-picture',
};

export function leftRoom({ agreed, models }: Given<Terms>): Detector<LeftRoomState> {
  const after = (way: Way) =>
    minutes(way === 'bathroom' ? (agreed.bathroomMinutes ?? agreed.afterMinutes) : agreed.afterMinutes);
  const counts = (at: Instant) => agreed.hours === undefined || windowAt(agreed.hours, at) !== undefined;
  const tell = (phase: Finding['phase'], code: EvidenceCode<'left-room'>, { since }: Out, at: Instant): Finding => {
    const figures = { outForMinutes: Math.round((at - since) / 600) / 100 };
    return { phase, kind: 'left-room', at, evidence: { code, figures, models, attended: false } };
  };
  return {
    initial: { name: 'here' },
    step(state, event) {
      if (event.type !== 'observed') return [state, []];
      const { at, situation } = event;
      const { presence } = situation;
      if (presence.name !== 'out')
        return [{ name: 'here' }, state.name === 'told' ? [tell('ended', 'back', state, at)] : []];
      if (state.name === 'here')
        return [{ name: 'out', since: presence.since, way: presence.way, outFor: milliseconds(0) }, []];
      const out = stillOut(state, at, situation, counts);
      if (state.name === 'told' || out.outFor < after(out.way)) return [{ ...out, name: state.name }, []];
      return [{ ...out, name: 'told' }, [tell('began', leftBy[out.way], out, at)]];
    },
  };
}

function stillOut(out: Out, at: Instant, { elapsed }: Situation, counts: (at: Instant) => boolean): Out {
  const { hours = { agreed: counts(at), asked: at } } = out;
  const now = at - hours.asked < askAgain ? hours : { agreed: counts(at), asked: at };
  // Out of the agreed hours the time begins anew: it is the absence at night that was agreed.
  const outFor = milliseconds(now.agreed ? out.outFor + elapsed : 0);
  return { ...out, outFor, hours: now };
}
