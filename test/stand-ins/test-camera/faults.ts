/** Pure. Faults of a camera that the test camera can play. */

export const faultKinds = {
  stall: 'goes on talking, and sends no more pictures',
  drop: 'hangs up on everybody, and on everybody who calls',
  corrupt: 'sends pictures with wrong bytes in them, and rubbish between them',
  junk: 'sends nothing but rubbish in the place of pictures',
  silent: 'takes every call and says nothing at all',
  'wrong-content': 'has no H.264 to offer',
  slow: 'answers half a second late, and sends its pictures in lumps, once a second',
} as const;

export type FaultKind = keyof typeof faultKinds;

export const isFaultKind = (text: string): text is FaultKind => Object.hasOwn(faultKinds, text);
