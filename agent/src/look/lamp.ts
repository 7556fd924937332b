/** Pure. The lamp in the home that is lit while somebody looks. */
export interface Lamp {
  /** Resolves when it is so. A rejection while lighting means: it is not lit, and nobody may look. */
  light(on: boolean): Promise<void>;
}

/** A lamp that can also show that nobody can look. */
export interface HomeLamp extends Lamp {
  /** Resolves when it is so; nothing hangs on it. */
  dark(isDark: boolean): Promise<void>;
}

/** Where the plan's home has none. */
export const noLamp: HomeLamp = { light: () => Promise.resolve(), dark: () => Promise.resolve() };
