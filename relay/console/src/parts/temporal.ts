/**
 * In the place of `temporal-polyfill` (`vite.config.ts`): browsers of today know Temporal themselves, and an older one fetches what it lacks
 * before anything else.
 */
type Given = typeof globalThis & { readonly Temporal?: unknown };

if ((globalThis as Given).Temporal === undefined) await import('temporal-polyfill/global');

export const { Temporal } = globalThis as Given;
