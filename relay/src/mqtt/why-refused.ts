/** Pure. What a unit may be refused at its door. */

export const whyRefused = ['will', 'credential', 'client-id', 'publish', 'subscribe'] as const;
export type WhyRefused = (typeof whyRefused)[number];
