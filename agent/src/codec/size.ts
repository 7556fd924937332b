/** Pure. How large pictures are, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
