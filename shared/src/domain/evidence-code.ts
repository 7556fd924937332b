/** Pure. Every code that a detector's evidence can bear, so that each screen can have words for all of them. */

export const evidenceCodes = {
  fall: {
    began: ['fell-from-standing', 'fell-from-sitting', 'fell-out-of-bed', 'found-lying'],
    changed: ['attended', 'unattended', 'another-down'],
    ended: ['up-again', 'into-bed', 'nobody-there'],
  },
  'left-room': {
    // left-picture: no exit is marked in this room, so the edge of the picture counted as one.
    began: ['left-room', 'left-picture'],
    changed: [],
    ended: ['back'],
  },
  'not-in-bed': {
    began: ['seen-up', 'bed-unknown', 'no-bed-marked'],
    changed: ['seen-up', 'bed-unknown'],
    ended: ['in-bed', 'night-over'],
  },
  blind: {
    began: ['covered', 'dark', 'frozen', 'moved', 'no-picture'],
    changed: ['covered', 'dark', 'frozen', 'moved', 'no-picture'],
    ended: ['sees-again'],
  },
} as const;

/** When the plan no longer asks for what had begun: the end of any kind. */
export const noLongerAgreed = 'no-longer-agreed';

type Codes = typeof evidenceCodes;
export type EvidenceCode<Kind extends keyof Codes = keyof Codes> = Kind extends keyof Codes
  ? Codes[Kind]['began' | 'changed' | 'ended'][number]
  : never;
