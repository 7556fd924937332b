/** Pure. Whether a picture of a drawn film is whole: its brightness is even, and a part that is not its own differs. */

/** Coding, scaling and full ranges leave less. */
const most = 14;

/** @param luma brightness of its pixels. @param width pixels of a line */
export function isWhole(luma: Uint8Array, width: number, height: number): boolean {
  let [low, high] = [255, 0];
  const [across, down] = [Math.max(1, width >> 5), Math.max(1, height >> 5)];
  for (let y = 0; y < height; y += down)
    for (let x = 0; x < width; x += across) {
      const at = luma[y * width + x] as number;
      if (at < low) low = at;
      if (at > high) high = at;
    }
  return high - low <= most;
}
