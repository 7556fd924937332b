/** Whether the people of a confirmed room have signed for it on consoles that this unit lets in; the relay only carries their word. */
import type { OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Refusal } from '@nattfrid/shared/domain/look';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { type RoomTurn, roomSaidSo } from '@nattfrid/shared/seal/room-proof';
import { after, type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { RoomProof } from '@nattfrid/shared/wire/console-proof';
import type { RoomLetter, RoomRefusal } from '@nattfrid/shared/wire/room-letter';
import { longestUnderWay } from './ask-who.ts';
import { type Asker, unwelcome } from './asker.ts';
import type { WhoseConsole } from './whose-console.ts';

/** A console that becomes known by it: written down first. */
export type Learnt = { readonly operator: OperatorAlias } & (
  | Extract<Asker, { by: 'first-sight' }>
  | NonNullable<Extract<Asker, { by: 'confirmed' }>['fresh']>
);
export type RoomSigned =
  | { readonly type: 'signed'; readonly learnt: readonly Learnt[] }
  | { readonly type: 'refused'; readonly why: RoomRefusal };

/** A room may wait for a unit for days; only a time to come is wrong, which would outlive every later room. */
export function roomSigned({
  unit,
  whose,
  consoles,
}: {
  readonly unit: UnitId;
  readonly whose: WhoseConsole;
  /** What the plan says of consoles. */
  readonly consoles: () => Plan['consoles'];
}): (letter: RoomLetter, at: Instant) => Promise<RoomSigned> {
  return async ({ room, confirmedBy, console, second }, at) => {
    const turns: readonly (readonly [RoomTurn, OperatorAlias, RoomProof | undefined])[] = [
      ['first', confirmedBy, console],
      ...(second ? [['second', second.by, second.console] as const] : []),
    ];
    const learnt: Learnt[] = [];
    for (const [turn, operator, proof] of turns) {
      const isRight =
        !proof ||
        (parseInstant(proof.at) <= after(at, longestUnderWay) && (await roomSaidSo({ unit, room, turn }, proof)));
      const asker: Asker = isRight ? await whose(operator, proof, at) : { by: 'refused', why: 'console-proof-wrong' };
      const why = unwelcome(asker, consoles());
      if (why) return { type: 'refused', why: wordFor(why) };
      if (asker.by === 'first-sight') learnt.push({ operator, ...asker });
      if (asker.by === 'confirmed' && asker.fresh) learnt.push({ operator, ...asker.fresh });
    }
    return { type: 'signed', learnt };
  };
}

function wordFor(why: Refusal): RoomRefusal {
  switch (why) {
    case 'key-changed':
    case 'console-proof-wrong':
      return why;
    default:
      return 'console-unknown';
  }
}
