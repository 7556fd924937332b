/** Pure. The person went out through an exit and has been gone for longer than agreed. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { type Duration, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type DayTimes, windowAt } from '@nattfrid/shared/time/window';
import { believed } from './believed.ts';
import type { Detector, Given } from './detector.ts';
import { type Way, wayOut } from './exits.ts';
import type { Finding } from './finding.ts';
import { readPosture } from './posture.ts';

type Terms = {
  readonly afterMinutes: number;
  readonly bathroomMinutes?: number | undefined;
  readonly hours?: DayTimes | undefined;
};

/** Somebody who is surely a person, as last truly seen. */
interface Inside {
  readonly track: number;
  readonly box: Box;
  readonly before: Box;
  /** On the floor or in bed: whoever is lost lying has not walked out. */
  readonly lying: boolean;
}
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

export type LeftRoomState =
  /** Nobody has been seen yet, or somebody was lost elsewhere than at an exit: hidden, under a blanket. Never counts as out. */
  | { readonly name: 'unknown' }
  | { readonly name: 'inside'; readonly people: readonly Inside[] }
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
    initial: { name: 'unknown' },
    step(state, event) {
      if (event.type !== 'observed') return [state, []];
      const here = event.persons.filter(isSure);
      switch (state.name) {
        case 'unknown':
          return [here.length > 0 ? inside([], here, event, room) : state, []];
        case 'inside':
          return [here.length > 0 ? inside(state.people, here, event, room) : lost(state.people, event, room), []];
        case 'out':
        case 'told': {
          const out = stillOut(state, event.at, here, counts);
          if (out === 'back') {
            const back = inside([], here, event, room);
            return [back, state.name === 'told' ? [tell('ended', 'back', { ...state, at: event.at })] : []];
          }
          if (state.name === 'told' || out.outFor < after(out.way)) return [{ ...out, name: state.name }, []];
          return [{ ...out, name: 'told' }, [tell('began', leftBy[out.way], out)]];
        }
      }
    },
  };
}

/** Who is told, seen or carried, is inside; of those no longer told, who did not go out may be hidden, and stays. */
function inside(before: readonly Inside[], here: readonly Person[], event: Observed, room: Room): LeftRoomState {
  const people = here.map((person): Inside => {
    const last = before.find(({ track }) => track === person.track);
    if (last && person.unseenFor > 0) return last;
    const { posture } = readPosture(person, room, event.picture.aspect);
    const lying = posture === 'lying' || posture === 'in-bed' || posture === 'resting';
    return { track: person.track, box: person.box, before: last?.box ?? person.box, lying };
  });
  return { name: 'inside', people };
}

/** Nobody is told any more: out, if all who were there left by a way out. */
function lost(people: readonly Inside[], { at }: Observed, room: Room): LeftRoomState {
  const ways = people.map(({ box, before, lying }) => (lying ? undefined : wayOut(room, box, before)));
  const way = ways.includes('bathroom') && !ways.includes('exit') ? 'bathroom' : ways.find((one) => one !== undefined);
  if (!way || ways.includes(undefined)) return { name: 'unknown' };
  return { name: 'out', since: at, way, outFor: milliseconds(0), at };
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

const isSure = (person: Person): boolean => person.certainty >= 0.5;
