/** Pure. What every decoder takes and gives. */

export interface Decoding {
  /**
   * @param taken when, by the unit's clock, where the picture says so
   * @returns false where a keyframe is needed first
   */
  take(kind: 'key' | 'delta', bytes: Uint8Array<ArrayBuffer>, taken: number | undefined): boolean;
  close(): void;
}

export interface Decoded<Frame> {
  /** The callee draws the frame and closes it. */
  readonly show: (frame: Frame, taken: number | undefined) => void;
  readonly failed: () => void;
}
