/** Pure. The person went out through an exit and has been gone for longer than agreed. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { type DayTimes, windowAt } from '@nattfrid/shared/domain/window';
import { type Duration, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { believable, type Doubts, noDoubts } from '../situation/believable.ts';
import { believed } from '../situation/elapsed.ts';
import type { Way } from '../situation/exits.ts';
import { nextPresent, nobody, type Present } from '../situation/present.ts';
import { isSure } from '../situation/sure.ts';
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
  /** Since when somebody seems to be back. */
  readonly someone?: Instant | undefined;
  /** Are these the agreed hours; the calendar takes a millisecond and is asked once in a while. */
  readonly hours?: { readonly agreed: boolean; readonly asked: Instant };
  readonly at: Instant;
}
const askAgain = seconds(10);

export type LeftRoomState = Where & { readonly doubts: Doubts };
type Where =
  /** Nobody has been seen yet, or whoever is in the room is hidden. Never counts as out. */
  | { readonly name: 'unknown'; readonly present: Present }
  | { readonly name: 'inside'; readonly present: Present }
  | ({ readonly name: 'out' } & Out)
  | ({ readonly name: 'told' } & Out);

const leftBy: Record<Way, EvidenceCode<'left-room'>> = {
  exit: 'left-room',
  bathroom: 'left-to-bathroom',
  edge: 'left-picture',
};

/** A flicker of the models is nobody coming back. */
const untilBack = seconds(1);
const untilLost = seconds(1);

export function leftRoom({ agreed, room, models }: Given<Terms>): Detector<LeftRoomState> {
  const after = (way: Way) =>
    minutes(way === 'bathroom' ? (agreed.bathroomMinutes ?? agreed.afterMinutes) : agreed.afterMinutes);
  const counts = (at: Instant) => agreed.hours === undefined || windowAt(agreed.hours, at) !== undefined;
  const tell = (phase: Finding['phase'], code: EvidenceCode<'left-room'>, { since, at }: Out): Finding => {
    const figures = { outForMinutes: Math.round((at - since) / 600) / 100 };
    return { phase, kind: 'left-room', at, evidence: { code, figures, models, attended: false } };
  };
  return {
    initial: { name: 'unknown', present: nobody, doubts: noDoubts },
    step(state, observed) {
      if (observed.type !== 'observed') return [state, []];
      const [doubts, event] = believable(state.doubts, observed, room);
      const [next, found] = follow(state, event);
      return [{ ...next, doubts }, found];
    },
  };
  function follow(state: LeftRoomState, event: Observed): readonly [Where, readonly Finding[]] {
    const here = event.persons.filter(isSure);
    switch (state.name) {
      case 'unknown':
      case 'inside':
        return [insideOrOut(state.present, event, room), []];
      case 'out':
      case 'told': {
        const out = stillOut(state, event.at, here, counts);
        if (out === 'back') {
          const back = nextPresent(nobody, event, room).present;
          return [
            { name: 'inside', present: back },
            state.name === 'told' ? [tell('ended', 'back', { ...state, at: event.at })] : [],
          ];
        }
        if (state.name === 'told' || out.outFor < after(out.way)) return [{ ...out, name: state.name }, []];
        return [{ ...out, name: 'told' }, [tell('began', leftBy[out.way], out)]];
      }
    }
  }
}

/** Out, if all who were there left by a way out and nobody stayed hidden. */
function insideOrOut(before: Present, event: Observed, room: Room): Where {
  const { present, ways } = nextPresent(before, event, room);
  if (present.people.length > 0) return { name: 'inside', present };
  const way = ways.includes('bathroom') && !ways.includes('exit') ? 'bathroom' : ways[0];
  if (!way || present.hidden.length > 0) return { name: 'unknown', present };
  return { name: 'out', since: event.at, way, outFor: milliseconds(0), at: event.at };
}

function stillOut(out: Out, at: Instant, here: readonly Person[], counts: (at: Instant) => boolean): Out | 'back' {
  const seen = here.some((person) => person.unseenFor < untilLost);
  const someone = seen ? (out.someone ?? at) : undefined;
  if (someone !== undefined && at - someone >= untilBack) return 'back';
  const { hours = { agreed: counts(at), asked: at } } = out;
  const now = at - hours.asked < askAgain ? hours : { agreed: counts(at), asked: at };
  // Out of the agreed hours the time begins anew: it is the absence at night that was agreed.
  const outFor = now.agreed ? milliseconds(out.outFor + believed(out.at, at)) : milliseconds(0);
  return { ...out, someone, outFor, hours: now, at };
}
