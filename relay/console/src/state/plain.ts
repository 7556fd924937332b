/** Pure. Words as they are compared where somebody looks for something. */

/** Small letters without marks: «Åkerbär» is found by «akerbar». */
export const plain = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
