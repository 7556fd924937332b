/** Pure. A small alphabet of our own: capital letters, digits, and the signs of a time and a name. */

export const glyphWidth = 5;
/** A capital letter stands on the lowest seven rows; the ring of Å and the dots of Ä and Ö stand above it, an empty row between. */
export const capitalHeight = 7;
const accentHeight = 4;
export const glyphHeight = accentHeight + capitalHeight;

/** The rows of a capital from the top, a 1 for each point of ink. */
const drawn: Readonly<Record<string, string>> = {
  A: '01110 10001 10001 11111 10001 10001 10001',
  B: '11110 10001 10001 11110 10001 10001 11110',
  C: '01110 10001 10000 10000 10000 10001 01110',
  D: '11110 10001 10001 10001 10001 10001 11110',
  E: '11111 10000 10000 11110 10000 10000 11111',
  F: '11111 10000 10000 11110 10000 10000 10000',
  G: '01110 10001 10000 10111 10001 10001 01111',
  H: '10001 10001 10001 11111 10001 10001 10001',
  I: '01110 00100 00100 00100 00100 00100 01110',
  J: '00111 00010 00010 00010 00010 10010 01100',
  K: '10001 10010 10100 11000 10100 10010 10001',
  L: '10000 10000 10000 10000 10000 10000 11111',
  M: '10001 11011 10101 10101 10001 10001 10001',
  N: '10001 11001 11001 10101 10011 10011 10001',
  O: '01110 10001 10001 10001 10001 10001 01110',
  P: '11110 10001 10001 11110 10000 10000 10000',
  Q: '01110 10001 10001 10001 10101 10010 01101',
  R: '11110 10001 10001 11110 10100 10010 10001',
  S: '01111 10000 10000 01110 00001 00001 11110',
  T: '11111 00100 00100 00100 00100 00100 00100',
  U: '10001 10001 10001 10001 10001 10001 01110',
  V: '10001 10001 10001 10001 01010 01010 00100',
  W: '10001 10001 10001 10101 10101 11011 10001',
  X: '10001 01010 00100 00100 00100 01010 10001',
  Y: '10001 01010 00100 00100 00100 00100 00100',
  Z: '11111 00001 00010 00100 01000 10000 11111',
  '0': '01110 10001 10011 10101 11001 10001 01110',
  '1': '00100 01100 00100 00100 00100 00100 01110',
  '2': '01110 10001 00001 00110 01000 10000 11111',
  '3': '11110 00001 00001 01110 00001 00001 11110',
  '4': '00010 00110 01010 10010 11111 00010 00010',
  '5': '11111 10000 11110 00001 00001 10001 01110',
  '6': '00110 01000 10000 11110 10001 10001 01110',
  '7': '11111 00001 00010 00100 01000 01000 01000',
  '8': '01110 10001 10001 01110 10001 10001 01110',
  '9': '01110 10001 10001 01111 00001 00010 01100',
  ':': '00000 00100 00100 00000 00100 00100 00000',
  '-': '00000 00000 00000 01110 00000 00000 00000',
  '.': '00000 00000 00000 00000 00000 01100 01100',
  '/': '00001 00010 00010 00100 01000 01000 10000',
  '·': '00000 00000 00000 00100 00000 00000 00000',
  ' ': '00000 00000 00000 00000 00000 00000 00000',
  '?': '01110 10001 00001 00110 00100 00000 00100',
  "'": '00100 00100 00000 00000 00000 00000 00000',
  '(': '00010 00100 00100 00100 00100 00100 00010',
  ')': '01000 00100 00100 00100 00100 00100 01000',
  ',': '00000 00000 00000 00000 00100 00100 01000',
  _: '00000 00000 00000 00000 00000 00000 11111',
};

/** Four rows from the top, the lowest of them empty. */
const ring = '00100 01010 00100 00000';
const dots = '00000 01010 01010 00000';
const acute = '00000 00010 00100 00000';
const bare = '00000 00000 00000 00000';
const accented: Readonly<Record<string, readonly [letter: string, accent: string]>> = {
  Å: ['A', ring],
  Ä: ['A', dots],
  Ö: ['O', dots],
  Ü: ['U', dots],
  É: ['E', acute],
};

const rowsOf = (drawn: string): readonly number[] => drawn.split(' ').map((row) => Number.parseInt(row, 2));
const glyph = (letter: string, accent: string): readonly number[] => [...rowsOf(accent), ...rowsOf(drawn[letter]!)];

const glyphs: ReadonlyMap<string, readonly number[]> = new Map([
  ...Object.keys(drawn).map((letter) => [letter, glyph(letter, bare)] as const),
  ...Object.entries(accented).map(([letter, [base, accent]]) => [letter, glyph(base, accent)] as const),
]);
const unknown = glyphs.get('?') ?? [];

/** Eleven rows of five bits, the leftmost point the highest; a question mark for what is not in the alphabet. */
export const glyphOf = (letter: string): readonly number[] => glyphs.get(letter) ?? unknown;
