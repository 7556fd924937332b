/**
 * Pure. What an alarm's evidence says of where and how, as a scene that can be drawn: the room as it was confirmed, the part of it that is
 * meant, and how it went as a sign. What the evidence does not say is not made up: the part is then none, and the words say so.
 */
import type { AlarmKind, Evidence } from '@nattfrid/shared/domain/alarm';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import type { Room } from '@nattfrid/shared/domain/room';
import type { SayKey } from '../words/say.ts';

/** How it went, each with a sign of its own. `up`: somebody stands; `unseen`: nobody saw how. */
export type Manner =
  | 'from-standing'
  | 'from-sitting'
  | 'out-of-bed'
  | 'slowly-down'
  | 'unseen-lying'
  | 'helped'
  | 'up-again'
  | 'in-bed'
  | 'out'
  | 'back'
  | 'not-in-bed'
  | 'bed-unknown';

/** The part of the picture that is meant: somewhere in it, and nothing is said of where. */
export type Part =
  | { readonly name: 'around'; readonly outlines: readonly Polygon[] }
  | { readonly name: 'within'; readonly outlines: readonly Polygon[] }
  /** The floor, or where none is drawn everything that is no bed. */
  | { readonly name: 'floor'; readonly outline?: Polygon | undefined }
  | { readonly name: 'edge' }
  | { readonly name: 'none' };

export interface Scene {
  /** Absent: nothing has been confirmed. */
  readonly room: Room | undefined;
  readonly part: Part;
  readonly manner: Manner;
  /** What is said of the part: beside the drawing, and in place of it. */
  readonly words: readonly SayKey[];
}

const manners: Readonly<Record<string, Manner>> = {
  'fell-from-standing': 'from-standing',
  'fell-from-sitting': 'from-sitting',
  'fell-out-of-bed': 'out-of-bed',
  'slid-out-of-bed': 'out-of-bed',
  'sank-down': 'slowly-down',
  'found-lying': 'unseen-lying',
  'another-down': 'unseen-lying',
  unattended: 'unseen-lying',
  'lying-again': 'unseen-lying',
  'sitting-up': 'unseen-lying',
  attended: 'helped',
  'up-again': 'up-again',
  'into-bed': 'in-bed',
  'in-bed': 'in-bed',
  'left-room': 'out',
  'left-to-bathroom': 'out',
  'left-picture': 'out',
  back: 'back',
  'seen-up': 'not-in-bed',
  'bed-unknown': 'bed-unknown',
  'no-bed-marked': 'bed-unknown',
};

/**
 * @param room as it was confirmed; undefined: none has been, or it may not be read
 * @returns undefined: of a camera or a unit that does not see there is nothing to draw, nor of a code that this console does not know
 */
export function sceneOf(kind: AlarmKind, evidence: Evidence, room: Room | undefined): Scene | undefined {
  if (kind !== 'fall' && kind !== 'left-room' && kind !== 'not-in-bed') return undefined;
  const manner = manners[evidence.code];
  if (!manner) return undefined;
  const meant = meantBy(kind, evidence);
  if (!room) return { room, part: { name: 'none' }, manner, words: [...meant.words, 'scene.noRoom'] };
  const part = meant.partOf(room);
  const drawn = part.name !== 'none' || meant.words[0] === 'scene.nowhere';
  return { room, part, manner, words: [...meant.words, ...(drawn ? [] : (['scene.notDrawn'] as const))] };
}

interface Meant {
  readonly words: readonly SayKey[];
  readonly partOf: (room: Room) => Part;
}

function meantBy(kind: AlarmKind, { code, place }: Evidence): Meant {
  if (kind === 'not-in-bed') return { words: ['scene.bed'], partOf: ({ beds }) => some('within', beds) };
  if (code === 'left-to-bathroom')
    return { words: ['scene.bathroom'], partOf: ({ bathroomExits = [] }) => some('within', bathroomExits) };
  if (code === 'left-room') return { words: ['scene.exit'], partOf: ({ exits }) => some('within', exits) };
  if (code === 'left-picture') return { words: ['scene.edge'], partOf: () => ({ name: 'edge' }) };
  switch (kind === 'fall' ? place : undefined) {
    case 'beside-bed':
      return { words: ['scene.besideBed'], partOf: ({ beds }) => some('around', beds) };
    case 'in-doorway':
      return {
        words: ['scene.inDoorway'],
        partOf: ({ exits, bathroomExits = [] }) => some('within', [...exits, ...bathroomExits]),
      };
    case 'at-edge':
      return { words: ['scene.atEdge'], partOf: () => ({ name: 'edge' }) };
    case 'on-floor':
      return { words: ['scene.onFloor'], partOf: ({ floor }) => ({ name: 'floor', outline: floor }) };
    case undefined:
      return { words: ['scene.nowhere'], partOf: () => ({ name: 'none' }) };
  }
}

const some = (name: 'around' | 'within', outlines: readonly Polygon[]): Part =>
  outlines.length > 0 ? { name, outlines } : { name: 'none' };

/** Where the name of an outline stands: its middle, kept within the drawing. */
export function middleOf(outline: Polygon): readonly [x: number, y: number] {
  const { x, y, width, height } = boundingBox(outline);
  const within = (value: number) => Math.min(0.88, Math.max(0.12, value));
  return [within(x + width / 2), within(y + height / 2)];
}
