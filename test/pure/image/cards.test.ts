import { describe, expect, it } from 'vitest';
import { type Medium, refusal } from '../../../image/cards.ts';
import { namesIn } from '../../../image/make-image.ts';
import { missing } from '../../../image/tools.ts';

const card: Medium = { path: '/dev/sdx', kind: 'disk', size: 32e9, readOnly: false, usedAt: [] };
const image = 2e9;

describe('the bench writes on a card', () => {
  it('of 32 GB', () => expect(refusal(card, image)).toBeUndefined());

  for (const [what, medium, words] of [
    ['that is mounted', { usedAt: ['/media/photos'] }, /in use at \/media\/photos/],
    ['whose swap is in use', { usedAt: ['[SWAP]'] }, /in use/],
    ['that is the disk of the bench itself', { usedAt: ['/', '/boot/efi'] }, /this machine runs from/],
    ['that is a partition', { kind: 'part' }, /name the whole card/],
    ['that is no medium at all', { kind: 'rom' }, /no card/],
    ['that is too small', { size: 1e9 }, /larger card/],
    ['that is write-protected', { readOnly: true }, /slider/],
    ['that is larger than 256 GB', { size: 500e9 }, /--force/],
  ] as const)
    it(`but not ${what}`, () => expect(refusal({ ...card, ...medium }, image)).toMatch(words));

  it('that is large where somebody insists, but never on one that is in use', () => {
    expect(refusal({ ...card, size: 500e9 }, image, true)).toBeUndefined();
    expect(refusal({ ...card, size: 500e9, usedAt: ['/'] }, image, true)).toBeDefined();
  });
});

describe('what is missing', () => {
  const tools = [
    { program: 'mmdebstrap', debian: 'mmdebstrap' },
    { program: 'mcopy', debian: 'mtools' },
    { program: 'mformat', debian: 'mtools' },
  ];
  it('is said with the command that gets it, each package once', () =>
    expect(missing(tools, () => undefined)).toMatch(/mmdebstrap, mcopy, mformat[\s\S]*install .* mmdebstrap mtools$/));
  it('is nothing where all is there', () => expect(missing(tools, (name) => name)).toBeUndefined());
});

describe('what a package depends on', () => {
  it('is named without versions, of several the first', () =>
    expect(namesIn('libc6 (>= 2.28), adduser, ffmpeg | libav-tools, python3:any')).toEqual([
      'libc6',
      'adduser',
      'ffmpeg',
      'python3',
    ]));
});
