import { drawing } from '@nattfrid/agent/technician/drawing';
import { findingsOf, verdictOf } from '@nattfrid/agent/technician/findings';
import type { SeenPicture } from '@nattfrid/agent/technician/seen-picture';
import type { Watched } from '@nattfrid/agent/technician/watch-camera';
import { Fault } from '@nattfrid/shared/fault/fault';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';

/** Twenty seconds of a good camera: ten pictures a second, the first of each second whole. */
const good: readonly SeenPicture[] = Array.from({ length: 200 }, (_, index) => ({
  arrived: milliseconds(index * 100),
  age: milliseconds(30),
  codec: 'h264' as const,
  key: index % 10 === 0,
  bytes: index % 10 === 0 ? 20_000 : 3000,
  outOfOrder: false,
  ...(index % 10 === 0 && { size: { width: 1280, height: 720 } }),
}));
const watched = (changes: Partial<Watched> = {}): Watched => ({
  ...{ camera: '192.0.2.5:554', firstAfter: milliseconds(400), length: seconds(20), pictures: good },
  ...{ advice: [], damaged: 0, notes: [], hangUps: [], login: 'own', refused: undefined, ...changes },
});
const each = (change: (one: SeenPicture, index: number) => Partial<SeenPicture>) => ({
  pictures: good.map((one, index) => ({ ...one, ...change(one, index) })),
});
const large = { width: 3840, height: 2160 };
const small = { width: 352, height: 288 };

describe('a camera that was watched', () => {
  it('is well where nothing is to be set, and each finding says what was seen', () => {
    const found = findingsOf(watched());
    expect(verdictOf(watched())).toBe('well');
    expect(found.map((one) => one.words)).toEqual(
      expect.arrayContaining(['It sends H.264.', 'Its pictures are 1280x720.', 'A whole picture comes every 1 s.']),
    );
  });

  for (const [story, changes, matter, words] of [
    ['whole pictures that are rare', each((_, index) => ({ key: index % 80 === 0 })), 'key-interval', /every 8 s: set/],
    ['one whole picture only', each((_, index) => ({ key: index === 0 })), 'key-interval', /Only one .* in 20 s: set/],
    ['MJPEG', each(() => ({ codec: 'mjpeg' })), 'codec', /set it to H\.264/],
    ['a codec that changes', each((_, i) => ({ codec: i < 100 ? 'h264' : 'h265' })), 'codec', /H\.264, then H\.265/],
    [
      'pictures that are too large',
      each((one) => (one.key ? { size: large } : {})),
      'size',
      /3840x2160.*second stream/,
    ],
    [
      'pictures that are too small',
      each((one) => (one.key ? { size: small } : {})),
      'size',
      /352x288.*640x360 or more/,
    ],
    ['too few pictures', { pictures: good.filter((_, i) => i % 2 === 0) }, 'rate', /5\.0 pictures a second: set 10/],
    ['pictures that come late', each(() => ({ age: milliseconds(1500) })), 'age', /1\.5 s old when they come/],
    ['a long hole', { pictures: good.filter((_, i) => i < 100 || i > 125) }, 'holes', /For 2\.7 s no picture came/],
    ['silence up to the end', { pictures: good.filter((_, i) => i < 150) }, 'holes', /For 5\.1 s no picture came/],
    ['times that do not count', { advice: ['times-do-not-count'] }, 'times', /dated when they come/],
    ['B pictures that hold it back', { advice: ['b-pictures'] }, 'b-pictures', /set B pictures off/],
    ['a login that cameras come with', { login: 'factory' }, 'login', /no password, or one that cameras come with/],
    ['damage', { damaged: 7 }, 'damage', /7 of its packets/],
    [
      'sessions that it ends',
      { hangUps: [new Fault('camera-dropped', 'It has closed the connection.')] },
      'hang-ups',
      /ended the session once: It has closed/,
    ],
    [
      'no whole picture at all',
      { pictures: [], firstAfter: undefined },
      'pictures',
      /no whole picture came: set its I-/,
    ],
    ['very many bits', each(() => ({ bytes: 200_000 })), 'bits', /16000 kbit\/s: set/],
  ] as const)
    it(`is to be set for ${story}, and for nothing else`, () => {
      const seen = watched(changes as Partial<Watched>);
      const toSet = findingsOf(seen).filter((one) => one.state === 'to-set');
      expect(verdictOf(seen)).toBe('to-set');
      expect(toSet.map((one) => one.matter)).toEqual([matter]);
      expect(toSet[0]?.words).toMatch(words);
    });

  it('is refused where no picture could be had', () =>
    expect(verdictOf(watched({ pictures: [], refused: new Fault('camera-silent', 'x') }))).toBe('refused'));
});

describe('the picture of nothing', () => {
  it('shows a hole as dots in each line, and keys as strokes, in lines that fit a terminal', () => {
    const lines = drawing(watched({ pictures: good.filter((_, index) => index < 50 || index >= 100) }));
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    for (const line of lines.slice(0, 4)) expect(line.slice(9, 69)).toMatch(/^[^·]{15}·{15}[^·]{30}$/);
    expect(lines[1]?.split('|')).toHaveLength(16);
  });
  it('is empty where nothing came', () => expect(drawing(watched({ pictures: [] }))).toEqual([]));
});
