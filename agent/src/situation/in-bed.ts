/** Pure. Who is in a bed, seen or not (occupancy by events of entering and leaving): whoever went in stays in until somebody is seen to leave. */
import type { Room } from '@nattfrid/shared/domain/room';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { type AtBedsOf, isSettled, isSurelyUp } from './at-beds.ts';
import type { Bed } from './bed.ts';
import { isBeside } from './bed-place.ts';
import type { Identity } from './identity.ts';
import type { Hidden } from './present.ts';
import type { Look } from './sightings.ts';
import { hasHeaved, mayBeLeft } from './stirred.ts';

/** Somebody not seen for so long where the bed was their last place is under the blanket. */
const untilHidden = seconds(3);
/** Nobody seen for so long, in a bed that heaved so long after it was left. */
const [untilNowhereElse, sinceLeft] = [seconds(10), seconds(10)];
/** Share of a bed: one that differs by less from the remembered bed looks like it. */
const flat = 0.05;
/** A bed found to look empty is taken for unknown for so long. */
const untilEmptyForgotten = seconds(60);

export interface Around {
  /** As they were known at the look before. */
  readonly last: AtBedsOf;
  readonly people: AtBedsOf;
  /** Those of them who are seen now. */
  readonly here: AtBedsOf;
  /** How long nobody has been seen at all. */
  readonly nobodyFor: Duration;
  readonly look: Look;
  readonly room: Room;
  readonly visiting: Visiting;
}
/** Of those in the room, by what present.ts knows of their coming. */
export interface Visiting {
  /** Came in by a way out, or may have stood behind somebody who was up: they did not rise from a bed. */
  came(who: Identity): boolean;
  /** Where those are who have not gone out and are not seen: in the order of hiding. */
  readonly hidden: readonly Hidden[];
  /** Whoever was seen to go out by a way out at the look before. */
  readonly wentOut: readonly Identity[];
  /** Whom of the hidden somebody is taken for who turned up again. */
  was(who: Identity): Identity | undefined;
}

/** Takes in whoever went in, and takes out whoever left. */
export function withPeople(bed: Bed, index: number, around: Around): Bed {
  const { look } = around;
  const { inIt, risen } = cameAndWent(bed, index, around);
  const all = [...inIt, ...hiddenJustNow(inIt, index, around), ...nowhereElse(bed, index, around)];
  const sight = look.beds?.[index];
  const after = { ...bed, risen };
  const left = leftUnseen(index, around);
  if (sight && sight.known > 0.5 && sight.changed < flat && all.some((who) => left.has(who)))
    return { ...after, inIt: all.filter((who) => !left.has(who)), emptyFor: untilEmptyForgotten };
  return { ...after, inIt: all };
}

/** Goes by those seen to lie in it, and by those seen up who lay in it or turned up at it. */
function cameAndWent(
  bed: Bed,
  index: number,
  { last, people, here, look, room, visiting }: Around,
): Pick<Bed, 'inIt' | 'risen'> {
  const into = new Map(look.gone.map((one) => [one.who, one.into]));
  let inIt = [...new Set(bed.inIt.map((who) => into.get(who) ?? who))].filter((who) => !isSurelyUp(people.get(who)));
  let { risen } = bed;
  const someoneHidden = () => inIt.find((who) => !here.has(who));
  // Somebody who turns up beside a bed that lies still came from behind somebody.
  const mayHaveRisen = mayBeLeft(index, look.stirred, look);
  for (const [who, one] of here) {
    // Who turned up on it as it heaved, and did not come from elsewhere, is the one hidden in it.
    if (one.held && one.bed === index && !inIt.includes(who) && !visiting.came(who) && !last.has(who)) {
      const hidden = someoneHidden();
      inIt = inIt.map((other) => (other === hidden ? who : other));
    }
    if (!isSettled(one)) continue;
    if (one.posture === 'lying-in' && one.bed === index && !inIt.includes(who)) {
      // Somebody hidden in it who is seen again has another identity now; whoever only sat there before them stays.
      const hidden = someoneHidden();
      inIt = hidden === undefined ? [...inIt, who] : inIt.map((other) => (other === hidden ? who : other));
    }
    if (one.posture !== 'off') continue;
    const was = visiting.was(who);
    // Somebody rises once: at the look that makes sure of it.
    const rises = isSurelyUp(one) && !isSurelyUp(last.get(who));
    if (was !== undefined && mayHaveRisen && inIt.includes(was) && !here.has(was))
      inIt = inIt.filter((other) => other !== was);
    else if (rises && mayHaveRisen && !visiting.came(who) && isBeside(room.beds[index]!, one.first)) {
      // Turned up at the bed and is up: one of those hidden in it has risen, whatever their identity was.
      const hidden = someoneHidden();
      if (hidden !== undefined) inIt = inIt.filter((other) => other !== hidden);
      else risen = true;
    }
  }
  return { inIt, risen };
}

/** Whoever was last seen on it and has been hidden since just now: somebody found to have left must not be put in again. */
function hiddenJustNow(inIt: Bed['inIt'], index: number, { people, look: { at, lookedAt } }: Around): Bed['inIt'] {
  return [...people].flatMap(([who, { bed, held, seenAt }]) => {
    const hidden = at - seenAt >= untilHidden && (lookedAt ?? at) - seenAt < untilHidden;
    return hidden && held && bed === index && !inIt.includes(who) ? [who] : [];
  });
}

/** Whether anybody may have got into it again, since it is known that it was left. */
export const mayBeBack = ({ state: { since } }: Bed, index: number, look: Look): boolean =>
  look.beds !== undefined && since !== undefined && hasHeaved(index, look.stirred, instant(since + sinceLeft), look);

/**
 * Somebody whom helpers put to bed is not seen to lie down behind them. When all who are seen have gone, who has not is in the bed
 * that heaved meanwhile, if that is where they were lost: there is nowhere else to be.
 */
function nowhereElse(bed: Bed, index: number, { nobodyFor, look, room, visiting }: Around): Bed['inIt'] {
  if (bed.state.name !== 'not-in-bed' || nobodyFor < untilNowhereElse || !mayBeBack(bed, index, look)) return [];
  return visiting.hidden
    .filter(({ box }) => isBeside(room.beds[index]!, box))
    .map(({ who }) => who)
    .slice(-1);
}

/** Those whose track ended because their place looks empty, in a bed that has heaved since: a room may be learnt with the sleeper in it. */
function leftUnseen(index: number, { people, look }: Around): ReadonlySet<Identity> {
  const mayHaveLeft = (who: Identity) => hasHeaved(index, look.stirred, people.get(who)?.seenAt ?? look.at, look);
  return new Set(look.gone.flatMap(({ who, why }) => (why === 'empty' && mayHaveLeft(who) ? [who] : [])));
}
