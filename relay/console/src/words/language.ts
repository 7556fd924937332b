/** Pure. The languages of the console. */
export type Language = 'sv' | 'en';
