/** Pure. The draft of a room: its parts, the part in hand, and whether anything was changed. */
import type { Point, Polygon } from '@nattfrid/shared/domain/geometry';
import { crossesItself } from '@nattfrid/shared/domain/outline';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import type { Machine } from '@nattfrid/shared/machine/machine';

export type Kind = 'bed' | 'exit' | 'bathroom' | 'floor' | 'mask';
export const kinds: readonly Kind[] = ['bed', 'floor', 'exit', 'bathroom', 'mask'];
/** How many of each kind a room may have. */
export const mostOf: Record<Kind, number> = { bed: 4, floor: 1, exit: 8, bathroom: 4, mask: 8 };
const mostCorners = 24;

/** The unit's proposal that a part was drawn from, with its certainty and figures. */
export type Said =
  | { readonly kind: 'bed'; readonly of: RoomProposal['beds'][number] }
  | { readonly kind: 'floor'; readonly of: NonNullable<RoomProposal['floor']> }
  | { readonly kind: 'exit'; readonly of: RoomProposal['exits'][number] };

export interface Part {
  readonly id: number;
  readonly kind: Kind;
  readonly outline: Polygon;
  readonly said?: Said;
}
export interface Draft {
  readonly parts: readonly Part[];
  readonly inHand: number | undefined;
  readonly changed: boolean;
  readonly nextId: number;
}

export type DraftEvent =
  | { readonly type: 'begin'; readonly parts: readonly Omit<Part, 'id'>[]; readonly changed: boolean }
  | { readonly type: 'take'; readonly id: number }
  | { readonly type: 'add'; readonly kind: Kind }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'move-corner'; readonly id: number; readonly corner: number; readonly to: Point }
  | { readonly type: 'add-corner'; readonly id: number; readonly after: number }
  | { readonly type: 'remove-corner'; readonly id: number; readonly corner: number };

/** The outline of a new part: in the middle; of a floor, along the bottom. */
const fresh: Record<Kind, Polygon> = {
  bed: box(0.3, 0.4, 0.7, 0.7),
  floor: box(0.05, 0.65, 0.95, 0.98),
  exit: box(0.02, 0.25, 0.14, 0.8),
  bathroom: box(0.86, 0.25, 0.98, 0.8),
  mask: box(0.42, 0.1, 0.58, 0.3),
};

export const drafting: Machine<Draft, DraftEvent, never> = {
  initial: { parts: [], inHand: undefined, changed: false, nextId: 1 },
  step(draft, event) {
    switch (event.type) {
      case 'begin': {
        const parts = event.parts.map((part, at) => ({ ...part, id: draft.nextId + at }));
        const { changed } = event;
        return [{ parts, inHand: parts[0]?.id, changed, nextId: draft.nextId + parts.length }, []];
      }
      case 'take':
        return [{ ...draft, inHand: event.id }, []];
      case 'add': {
        const many = draft.parts.filter((part) => part.kind === event.kind).length;
        if (many >= mostOf[event.kind]) return [draft, []];
        const part = { id: draft.nextId, kind: event.kind, outline: fresh[event.kind] };
        return [{ parts: [...draft.parts, part], inHand: part.id, changed: true, nextId: part.id + 1 }, []];
      }
      case 'remove': {
        const parts = draft.parts.filter((part) => part.id !== event.id);
        return [{ ...draft, parts, inHand: parts[0]?.id, changed: true }, []];
      }
      case 'move-corner':
        return [
          redrawn(draft, event.id, (outline) =>
            outline.map((at, corner) => (corner === event.corner ? inside(event.to) : at)),
          ),
          [],
        ];
      case 'add-corner':
        return [redrawn(draft, event.id, (outline) => withCorner(outline, event.after)), []];
      case 'remove-corner':
        return [
          redrawn(draft, event.id, (outline) =>
            outline.length > 3 ? outline.filter((_, corner) => corner !== event.corner) : outline,
          ),
          [],
        ];
    }
  },
};

/** A part with another outline; the unit's certainty about its own outline stays beside it. */
const redrawn = (draft: Draft, id: number, draw: (outline: Polygon) => Polygon): Draft => ({
  ...draft,
  parts: draft.parts.map((part) => (part.id === id ? { ...part, outline: draw(part.outline) } : part)),
  inHand: id,
  changed: true,
});

function withCorner(outline: Polygon, after: number): Polygon {
  if (outline.length >= mostCorners) return outline;
  const [[ax, ay], [bx, by]] = [outline[after]!, outline[(after + 1) % outline.length]!];
  return [...outline.slice(0, after + 1), inside([(ax + bx) / 2, (ay + by) / 2]), ...outline.slice(after + 1)];
}

/** Rounded to a thousandth of the picture, finer than a hand can point. */
const inside = ([x, y]: Point): Point => [thousandth(x), thousandth(y)];
const thousandth = (share: number): number => Math.round(1000 * Math.min(1, Math.max(0, share))) / 1000;

export const partsOfRoom = ({ beds, exits, bathroomExits = [], floor, masks }: Room): readonly Omit<Part, 'id'>[] => [
  ...beds.map((outline) => ({ kind: 'bed' as const, outline })),
  ...(floor ? [{ kind: 'floor' as const, outline: floor }] : []),
  ...exits.map((outline) => ({ kind: 'exit' as const, outline })),
  ...bathroomExits.map((outline) => ({ kind: 'bathroom' as const, outline })),
  ...masks.map((outline) => ({ kind: 'mask' as const, outline })),
];

/** @param kept the room in use, if any: its masks and bathroom doors, which a unit cannot propose, are taken over */
export const partsOfProposal = (
  { beds, floor, exits }: RoomProposal,
  kept: Room | undefined,
): readonly Omit<Part, 'id'>[] => [
  ...beds.map((of) => ({ kind: 'bed' as const, outline: of.outline, said: { kind: 'bed' as const, of } })),
  ...(floor ? [{ kind: 'floor' as const, outline: floor.outline, said: { kind: 'floor' as const, of: floor } }] : []),
  ...exits.map((of) => ({ kind: 'exit' as const, outline: of.outline, said: { kind: 'exit' as const, of } })),
  ...partsOfRoom({ ...unknownRoom, bathroomExits: kept?.bathroomExits ?? [], masks: kept?.masks ?? [] }),
];

export function roomOf({ parts }: Draft): Room {
  const of = (kind: Kind) => parts.filter((part) => part.kind === kind).map((part) => part.outline);
  const [floor] = of('floor');
  const bathroomExits = of('bathroom');
  return {
    beds: of('bed'),
    exits: of('exit'),
    ...(bathroomExits.length > 0 ? { bathroomExits } : {}),
    ...(floor ? { floor } : {}),
    masks: of('mask'),
  };
}

/** The number in «Säng 2», counted from 1; undefined for the only part of its kind. */
export function numberOf({ parts }: Draft, part: Part): number | undefined {
  const alike = parts.filter(({ kind }) => kind === part.kind);
  return alike.length > 1 ? alike.indexOf(part) + 1 : undefined;
}

export const isTangled = ({ outline }: Part): boolean => crossesItself(outline);

function box(left: number, top: number, right: number, bottom: number): Polygon {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
