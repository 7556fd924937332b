/** Pure. What an infrared lamp beside the lens lights up close before it, out of focus: insects that fly or crawl, a thread of a web. */
import { chance } from '../scene/noise.ts';

const flightSeconds = 1.6;

/** Adds light. In two of three stretches of `flightSeconds` an insect flies past; every twentieth second one crawls. */
export function drawInsects(light: Float32Array, width: number, height: number, seconds: number, seed: number): void {
  const flight = Math.floor(seconds / flightSeconds);
  const random = chance(seed * 131 + flight);
  if (random() < 0.66) {
    const from = [random() * width, random() * height] as const;
    const to = [random() * width, random() * height] as const;
    const [radius, bright] = [3 + 13 * random() ** 2, 0.25 + 1.6 * random()];
    const share = seconds / flightSeconds - flight;
    // An exposure of a thirtieth of a second draws a streak.
    for (let i = 0; i < 5; i++) {
      const at = share + (0.033 / flightSeconds) * (i / 5);
      const wobble = 14 * Math.sin(at * 23 + flight);
      const x = from[0] + (to[0] - from[0]) * at;
      disc(light, width, height, x, from[1] + (to[1] - from[1]) * at + wobble, radius, bright / 3);
    }
  }
  const crawl = chance(seed * 17 + Math.floor(seconds / 40));
  if (crawl() < 0.4) {
    const share = (seconds % 40) / 40;
    const [x, y] = [width * (crawl() + 0.3 * share), height * (crawl() + 0.2 * Math.sin(share * 7))];
    disc(light, width, height, x, y, 8 + 22 * crawl(), 0.3 + 0.5 * crawl());
  }
}

/** A thread from edge to edge, which sways. */
export function drawWeb(light: Float32Array, width: number, height: number, seconds: number, seed: number): void {
  const random = chance(seed + 1303);
  const [a, b, sag] = [random() * height, random() * height, 20 + 60 * random()];
  const [thick, bright] = [2 + 6 * random(), 0.12 + 0.3 * random()];
  const sway = sag * (1 + 0.5 * Math.sin(seconds * 1.7) + 0.2 * Math.sin(seconds * 4.1));
  for (let x = 0; x < width; x += 2) {
    const share = x / width;
    const y = a + (b - a) * share + sway * Math.sin(Math.PI * share);
    disc(light, width, height, x, y, thick, bright / thick);
  }
}

function disc(
  light: Float32Array,
  width: number,
  height: number,
  cx: number,
  cy: number,
  radius: number,
  bright: number,
): void {
  const from = (v: number) => Math.max(0, Math.ceil(v - radius));
  for (let y = from(cy); y < Math.min(height, cy + radius); y++)
    for (let x = from(cx); x < Math.min(width, cx + radius); x++) {
      const away = ((x - cx) ** 2 + (y - cy) ** 2) / (radius * radius);
      if (away < 1) light[y * width + x]! += bright * (1 - away) ** 2;
    }
}
