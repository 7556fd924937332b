/** Pure. Every code that a detector's evidence can bear, so that each screen can have words for all of them. */

export const evidenceCodes = {
  fall: {
    // sank-down and slid-out-of-bed: over many seconds, without any fall to be seen.
    began: [
      'fell-from-standing',
      'fell-from-sitting',
      'fell-out-of-bed',
      'sank-down',
      'slid-out-of-bed',
      'found-lying',
    ],
    changed: ['attended', 'unattended', 'another-down'],
    ended: ['up-again', 'into-bed', 'nobody-there'],
  },
  'left-room': {
    // left-picture: no exit is marked in this room, so the edge of the picture counted as one.
    began: ['left-room', 'left-to-bathroom', 'left-picture'],
    changed: [],
    ended: ['back'],
  },
  'not-in-bed': {
    began: ['seen-up', 'bed-unknown', 'no-bed-marked'],
    changed: ['seen-up', 'bed-unknown'],
    ended: ['in-bed', 'night-over'],
  },
  blind: {
    began: ['covered', 'dark', 'glare', 'frozen', 'moved', 'not-understood', 'no-picture'],
    changed: ['covered', 'dark', 'glare', 'frozen', 'moved', 'not-understood', 'no-picture'],
    ended: ['sees-again'],
  },
} as const;

/** When the plan no longer asks for what had begun: the end of any kind. */
export const noLongerAgreed = 'no-longer-agreed';

/** Where it was, as a code beside the figures; on-floor: nowhere that has a name. */
export const evidencePlaces = ['beside-bed', 'in-doorway', 'at-edge', 'on-floor'] as const;
export type EvidencePlace = (typeof evidencePlaces)[number];

/** What is known of a bed; `unknown` counts neither as in bed nor as gone. */
export const bedStateNames = ['in-bed', 'on-edge', 'not-in-bed', 'unknown'] as const;
export type BedStateName = (typeof bedStateNames)[number];

type Codes = typeof evidenceCodes;
export type EvidenceCode<Kind extends keyof Codes = keyof Codes> = Kind extends keyof Codes
  ? Codes[Kind]['began' | 'changed' | 'ended'][number]
  : never;
