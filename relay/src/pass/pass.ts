/**
 * Sealed pictures from a unit to the operator who opened the look, and to each colleague who has joined it: a way for each,
 * sealed by the unit for that one's console, so that none holds up or reads another's. The pass has no key, and forgets a look
 * when the look ends.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Socket } from '../socket/socket.ts';
import type { PassFigures } from './screen.ts';
import { beatOn, connectUnit, connectViewer, endWay, newWay, type Way } from './way.ts';

interface Terms {
  readonly unit: UnitId;
  /** Id of the operator who opened the look. */
  readonly operator: string;
  /** Called once, when a first keyframe has been handed to that operator. */
  readonly shown: () => void;
}

/** A colleague who may see an open look. */
interface Joining {
  readonly operator: string;
  /** How the unit calls this one. */
  readonly alias: OperatorAlias;
}

export interface Pass extends Disposable {
  open(look: LookId, terms: Terms): void;
  shut(look: LookId): void;
  /** The unit has allowed the look: whoever waits for that may be let in. */
  saidYes(look: LookId): void;
  /** Resolves once the unit has allowed the look: true; or once it is over without that. */
  yes(look: LookId): Promise<boolean>;
  /** Whether this operator asked for this look of late, and the unit did not allow it. */
  wasRefused(look: LookId, operator: string): boolean;
  /** This colleague may see an open look, until dismissed. */
  admit(look: LookId, joining: Joining): void;
  dismiss(look: LookId, operator: string): void;
  /** Is this look open for this unit? @param reader the colleague that the unit seals for; none: the operator who opened the look */
  unitMay(look: LookId, unit: UnitId, reader?: string): boolean;
  /** Is this look open for this operator? */
  operatorMay(look: LookId, operator: string): boolean;
  unit(look: LookId, socket: Socket, reader?: string): void;
  /** @param how `link`: to the screens of this operator at another node, which is no screen itself */
  viewer(look: LookId, operator: string, socket: Socket, how?: 'screen' | 'link'): void;
  readonly looks: number;
  readonly viewers: number;
}

/** A screen that hears nothing for some of these knows that its own link is broken, and comes again. */
const beat = milliseconds(500);

interface Passage {
  readonly terms: Terms;
  /** By the operator's id. */
  readonly ways: Map<string, Way>;
  readonly answer: PromiseWithResolvers<boolean>;
  hasYes: boolean;
}

/** Looks that are remembered as refused: a screen that was asked for along with one may come after that. */
const mostRefused = 64;

export function openPass(parts: { readonly clock: Clock; readonly log: Logger; readonly figures: PassFigures }): Pass {
  const { clock, figures } = parts;
  const around = { clock, figures, log: parts.log.child('pass') };
  const passages = new Map<LookId, Passage>();
  /** Look > who had asked for it. */
  const refused = new Map<LookId, string>();
  const ways = () => [...passages.values()].flatMap((passage) => [...passage.ways.values()]);
  const wayTo = (look: LookId, operator: string) => passages.get(look)?.ways.get(operator);
  const wayFrom = (look: LookId, reader: string | undefined) =>
    [...(passages.get(look)?.ways.values() ?? [])].find((way) => way.reader === reader);

  const shut = (look: LookId, code: number, reason: string) => {
    const passage = passages.get(look);
    passages.delete(look);
    passage?.answer.resolve(false);
    if (passage && !passage.hasYes) {
      refused.set(look, passage.terms.operator);
      if (refused.size > mostRefused) refused.delete(refused.keys().next().value ?? look);
    }
    for (const way of passage?.ways.values() ?? []) endWay(way, code, reason);
  };
  /** A passage for a colleague; none where the look is not open, or is this operator's own. */
  const passageFor = (look: LookId, colleague: string) => {
    const passage = passages.get(look);
    return passage?.terms.operator === colleague ? undefined : passage;
  };
  const beating = clock.every(beat, () => {
    for (const way of ways()) beatOn(way, beat);
  });

  return {
    open(look, terms) {
      if (passages.has(look)) return;
      const way = newWay(around, undefined, once(terms.shown));
      const answer = Promise.withResolvers<boolean>();
      passages.set(look, { terms, ways: new Map([[terms.operator, way]]), answer, hasYes: false });
    },
    saidYes(look) {
      const passage = passages.get(look);
      if (!passage) return;
      passage.hasYes = true;
      passage.answer.resolve(true);
    },
    yes: async (look) => (await passages.get(look)?.answer.promise) ?? false,
    wasRefused: (look, operator) => refused.get(look) === operator,
    shut: (look) => shut(look, closeCodes.lookOver, 'the look is over'),
    admit(look, { operator, alias }) {
      const passage = passageFor(look, operator);
      const before = passage?.ways.get(operator);
      // A colleague who joins again does so with another key.
      if (before) endWay(before, closeCodes.takenOver, 'joined anew');
      passage?.ways.set(
        operator,
        newWay(around, alias, () => {}),
      );
    },
    dismiss(look, operator) {
      const passage = passageFor(look, operator);
      const way = passage?.ways.get(operator);
      passage?.ways.delete(operator);
      if (way) endWay(way, closeCodes.lookOver, 'no longer in this look');
    },
    unitMay: (look, unit, reader) => passages.get(look)?.terms.unit === unit && wayFrom(look, reader) !== undefined,
    operatorMay: (look, operator) => wayTo(look, operator) !== undefined,
    unit(look, socket, reader) {
      const way = wayFrom(look, reader);
      if (way) connectUnit(way, socket);
      else socket.close(closeCodes.lookOver, 'no such look is open');
    },
    viewer(look, operator, socket, how = 'screen') {
      const way = wayTo(look, operator);
      if (way) connectViewer(way, socket, how);
      else socket.close(closeCodes.lookOver, 'no such look is open');
    },
    get looks() {
      return passages.size;
    },
    get viewers() {
      return ways().flatMap((way) => [...way.screens.values()].filter(({ how }) => how === 'screen')).length;
    },
    [Symbol.dispose]() {
      beating[Symbol.dispose]();
      for (const look of [...passages.keys()]) shut(look, closeCodes.stopping, 'the relay is stopping');
    },
  };
}

function once(call: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    call();
  };
}
