/** What counts as found, and as a wrong place, in the marked still pictures. */
import { describe, expect, it } from 'vitest';
import { counted, type Looked } from '../../evaluation/stills/counted.ts';

const place = { x: 0.2, y: 0.6, width: 0.5, height: 0.3 };
const arm = { x: 0.25, y: 0.65, width: 0.1, height: 0.1 };
const bed = { x: 0.1, y: 0.1, width: 0.5, height: 0.3 };

const looked: readonly Looked[] = [
  {
    posture: 'lying',
    place,
    found: [
      { box: place, score: 0.35 },
      { box: arm, score: 0.9 },
    ],
  },
  { posture: 'up', place, found: [{ box: bed, score: 0.5 }] },
  { posture: 'nobody', found: [{ box: bed, score: 0.32 }] },
];

describe('the marked still pictures', () => {
  it('count whom was found on the place, a part of somebody as nothing, and a bed as a wrong place', () => {
    expect(counted(looked, 5)).toMatchObject({ lying: 1, up: 1, lying03: 1, lying04: 0, up03: 0, wrong: 2 });
  });

  it('find fewer where fewer wrong places may pass', () => {
    expect(counted(looked, 1)).toMatchObject({ threshold: 0.32, lyingAt: 1 });
    expect(counted(looked, 0)).toMatchObject({ threshold: 0.5, lyingAt: 0 });
  });
});
