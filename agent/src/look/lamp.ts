/** Pure. The lamp in the home that is lit while somebody looks. */
export interface Lamp {
  /** Resolves when it is so. A rejection while lighting means: it is not lit, and nobody may look. */
  light(on: boolean): Promise<void>;
}

/** Where the plan's home has none. */
export const noLamp: Lamp = { light: () => Promise.resolve() };
