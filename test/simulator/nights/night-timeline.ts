/** Pure. A script's events as what is to be seen when: takes on layers, lights, gaps; and beside it the truth of the night. */
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';
import { takeRate } from './animations.ts';
import type { Night, NightEvent } from './script.ts';

/** Times are seconds of the night. A take is held on its last picture until the next of its layer begins; no take: nobody. */
export interface Cue {
  readonly layer: 'client' | 'nurse0' | 'nurse1' | 'pet' | 'heap' | 'chair';
  readonly take: string | undefined;
  readonly from: number;
}
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Lit extends Span {
  readonly by: 'lamp' | 'colour' | 'curtain' | 'headlights' | 'television' | 'covered' | 'lost';
}
/** An alarm of this kind is wanted, not before `from` and by `by`; what is told until `until` is of the same event. */
export interface Wanted extends Span {
  readonly event: string;
  readonly kind: 'fall' | 'left-room' | 'not-in-bed' | 'blind';
  readonly by: number;
}
export interface Staged {
  readonly cues: readonly Cue[];
  readonly lit: readonly Lit[];
  /** Something moves or is being decided: shown at the full rate. */
  readonly busy: readonly Span[];
  readonly wanted: readonly Wanted[];
  readonly bed: readonly { readonly from: number; readonly is: Exclude<BedStateName, 'unknown'> }[];
}

/** @param lengths pictures of each take. */
export function stage(night: Night, lengths: (take: string) => number, who: string): Staged {
  const cues: Cue[] = [];
  const lit: Lit[] = [];
  const busy: Span[] = [];
  const wanted: Wanted[] = [];
  const bed: Staged['bed'][number][] = [];
  const seconds = (take: string) => lengths(take) / takeRate;
  /** Plays takes one after the other; numbers are seconds of rest. @returns when they are over. */
  const play = (
    layer: Cue['layer'],
    from: number,
    actor: string,
    ...acts: readonly (string | number | undefined)[]
  ): number => {
    let at = from;
    for (const act of acts) {
      if (typeof act === 'number') at += act;
      else {
        cues.push({ layer, take: act && `${actor} ${act}`, from: at });
        if (act === undefined) continue;
        const lasts = seconds(`${actor} ${act}`);
        busy.push({ from: at - 1, to: at + lasts + 12 });
        at += lasts;
      }
    }
    return at;
  };
  const client = (from: number, ...acts: readonly (string | number | undefined)[]) =>
    play('client', from, who, ...acts);
  const bedIs = (from: number, is: Staged['bed'][number]['is']) => bed.push({ from, is });
  const toEdge = (from: number) => {
    bedIs(from + seconds(`${who} sits-up`) / 2, 'on-edge');
    return client(from, 'sits-up');
  };
  const outOf = (from: number) => {
    const up = client(toEdge(from), 'on-edge', 8, 'gets-up');
    bedIs(up, 'not-in-bed');
    return up;
  };
  const backIn = (from: number) => {
    const edge = client(from, 'walks-in', 'sits-down');
    bedIs(edge, 'on-edge');
    return toBedFrom(client(edge, 'on-edge', 4));
  };
  const toBedFrom = (from: number) => {
    bedIs(from + seconds(`${who} lies-down`) / 2, 'in-bed');
    return client(from, 'lies-down', 1, 'lies-bare', 3, 'lies-on-back');
  };
  const helpers = (from: number, stay: number) => {
    play('nurse0', from, 'nurse0', 'comes', 'stays', stay, 'goes', undefined);
    return play('nurse1', from + 2.4, 'nurse1', 'comes', 'stays', stay, 'goes', undefined);
  };
  const { fall, leftRoom, notInBed, blind } = night.alarms;
  /** A plan without the alarm wants none. */
  const want = (agreed: unknown, one: Wanted) => agreed && wanted.push(one);

  const acts: { readonly [Name in NightEvent['do']]: (from: number, lasts: number) => void } = {
    'turns-over': (from) => client(from, 'turns', 'lies-on-side', 240, 'turns-back', 'lies-on-back'),
    bathroom: (from, lasts) => backIn(client(outOf(from), 'walks-out', undefined, lasts)),
    'gone-out': (from, lasts) => {
      const out = client(outOf(from), 'walks-out', undefined);
      want(leftRoom, {
        event: 'gone-out',
        kind: 'left-room',
        from: out - 4,
        by: out + 60 * (leftRoom?.afterMinutes ?? 0) + 30,
        to: out + lasts,
      });
      backIn(out + lasts);
    },
    'sits-on-edge': (from, lasts) => toBedFrom(client(toEdge(from), 'on-edge', lasts)),
    'blanket-falls': (from) => {
      client(from, 'turns', 0.4, 'lies-bare', 1200, 'lies-on-back');
      cues.push(
        { layer: 'heap', take: 'thing blanket-heap', from: from + 2 },
        { layer: 'heap', take: undefined, from: from + 1200 },
      );
    },
    nurses: (from, lasts) => helpers(from, lasts),
    cat: (from) => play('pet', from, 'thing', 'cat', undefined),
    vacuum: (from) => play('pet', from, 'thing', 'vacuum', undefined),
    chair: (from) => play('chair', from, 'thing', 'chair'),
    lamp: (from, lasts) => light('lamp', from, lasts),
    colour: (from, lasts) => light('colour', from, lasts),
    curtain: (from, lasts) => light('curtain', from, lasts),
    headlights: (from) => light('headlights', from, 5),
    television: (from, lasts) => light('television', from, lasts),
    falls: (from) => {
      const down = client(outOf(from), 'falls', 'lies-on-floor');
      want(fall, {
        event: 'falls',
        kind: 'fall',
        from: down - 2,
        by: down + (fall?.persistenceSeconds ?? 0) + 20,
        to: down + 130,
      });
      helpers(down + 100, 60);
      toBedFrom(client(down + 125, 'is-helped-up', 'sits-down'));
    },
    slides: (from) => {
      const edge = client(toEdge(from), 'on-edge', 20);
      const down = client(edge, 'slides', 'lies-by-bed');
      bedIs(edge + 5, 'not-in-bed');
      want(fall, {
        event: 'slides',
        kind: 'fall',
        from: down - 4,
        by: down + (fall?.persistenceSeconds ?? 0) + 20,
        to: down + 130,
      });
      helpers(down + 100, 60);
      toBedFrom(client(down + 125, 'is-helped-to-bed'));
    },
    'found-lying': (from) => {
      lit.push({ by: 'lost', from, to: from + 60 });
      bedIs(from + 30, 'not-in-bed');
      const lies = client(from + 30, 'lies-on-floor') + 30;
      want(fall, {
        event: 'found-lying',
        kind: 'fall',
        from: lies,
        by: lies + (fall?.persistenceSeconds ?? 0) + 40,
        to: lies + 160,
      });
      busy.push({ from, to: lies + 60 });
      helpers(lies + 130, 60);
      toBedFrom(client(lies + 155, 'is-helped-up', 'sits-down'));
    },
    'camera-covered': (from, lasts) => {
      light('covered', from, lasts);
      want(blind, {
        event: 'camera-covered',
        kind: 'blind',
        from,
        by: from + (blind?.afterSeconds ?? 0) + 15,
        to: from + lasts,
      });
    },
  };
  function light(by: Lit['by'], from: number, lasts: number) {
    lit.push({ by, from, to: from + lasts });
    const moves = by === 'curtain' || by === 'television' || by === 'headlights';
    for (const edge of [from, from + lasts]) busy.push({ from: edge - 2, to: edge + 8 });
    if (moves) busy.push({ from, to: from + Math.min(lasts, 60) });
  }

  if (night.first.is === 'in-bed') {
    bedIs(0, 'in-bed');
    client(0, 'lies-on-back');
  } else {
    const until = 60 * night.first.untilMinute;
    bedIs(0, 'on-edge');
    client(0, 'on-edge');
    if (notInBed) {
      const due = bedtimeAfter(night);
      want(due < until, { event: 'not-in-bed', kind: 'not-in-bed', from: due, by: due + 60, to: until + 90 });
    }
    toBedFrom(until);
  }
  for (const event of night.events) acts[event.do](60 * event.at, 'minutes' in event ? 60 * event.minutes : 0);
  const inOrder = <Item extends { readonly from: number }>(some: readonly Item[]) =>
    some.toSorted((a, b) => a.from - b.from);
  return { cues: inOrder(cues), lit: inOrder(lit), busy: inOrder(busy), wanted: inOrder(wanted), bed: inOrder(bed) };
}

/** Seconds of the night at which the agreed bedtime comes; scripts begin within 12 hours before it. */
function bedtimeAfter({ begins, alarms }: Night): number {
  const clock = /T(\d\d):(\d\d)/.exec(begins)!;
  const [hours, minutes] = alarms.notInBed!.by.split(':').map(Number);
  const wait = (hours! - Number(clock[1])) * 60 + minutes! - Number(clock[2]);
  return 60 * ((wait + 1440) % 1440);
}
