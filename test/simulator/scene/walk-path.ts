/** Pure. A path over the floor: a Catmull-Rom spline by arc length, and the speed profile along it. */

/** Share of the path covered at a share of the time (0..1): constant speed, with linear ramps that take `ramp` of the time at each end. */
export function shareOfPath(at: number, ramp: number): number {
  const top = 1 / (1 - ramp);
  if (at < ramp) return (top * at * at) / (2 * ramp);
  if (at > 1 - ramp) return 1 - (top * (1 - at) * (1 - at)) / (2 * ramp);
  return top * (at - ramp / 2);
}

/** A spline through the points (Catmull and Rom 1974), parametrised by its length in metres. */
export function pathThrough(points: readonly (readonly [number, number])[]) {
  const at = (n: number) => points[Math.min(points.length - 1, Math.max(0, n))]!;
  const dots: (readonly [number, number])[] = [];
  for (let leg = 0; leg < points.length - 1; leg += 1) {
    for (let i = 0; i < 40; i += 1) dots.push(curve(at(leg - 1), at(leg), at(leg + 1), at(leg + 2), i / 40));
  }
  dots.push(at(points.length));
  const marks = [0];
  for (let i = 1; i < dots.length; i += 1) {
    marks.push(marks[i - 1]! + Math.hypot(dots[i]![0] - dots[i - 1]![0], dots[i]![1] - dots[i - 1]![1]));
  }
  const long = marks.at(-1)!;
  const placeAt = (s: number): readonly [number, number] => {
    const i = Math.max(
      1,
      marks.findIndex((mark) => mark >= Math.min(s, long)),
    );
    const share = (Math.min(s, long) - marks[i - 1]!) / Math.max(1e-9, marks[i]! - marks[i - 1]!);
    const [p, q] = [dots[i - 1]!, dots[i]!];
    return [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share];
  };
  const headingAt = (s: number) => {
    const a = placeAt(Math.max(0, Math.min(s - 0.12, long - 0.3)));
    const b = placeAt(Math.min(long, Math.max(s + 0.18, 0.3)));
    return (Math.atan2(a[0] - b[0], b[1] - a[1]) * 180) / Math.PI;
  };
  return { long, at: placeAt, headingAt };
}

type Spot = readonly [number, number];
function curve(a: Spot, b: Spot, c: Spot, d: Spot, t: number): Spot {
  const one = (i: 0 | 1) =>
    0.5 *
    (2 * b[i] +
      (c[i] - a[i]) * t +
      (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t +
      (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t ** 3);
  return [one(0), one(1)];
}
