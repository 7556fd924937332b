/** Draws the icons of the installed console into relay/console/public: a moon over the night, as in calm.svg. `npm run icons`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [number, number, number];
const night: Colour = [11, 18, 32];
const moon: Colour = [240, 226, 180];
/** Points within a pixel, each way: smooth edges. */
const fine = 4;

/** A crescent: within one circle and outside another. @param x, y 0 to 1 */
function lit(x: number, y: number): boolean {
  const within = (cx: number, cy: number, r: number) => (x - cx) ** 2 + (y - cy) ** 2 < r ** 2;
  return within(0.48, 0.5, 0.29) && !within(0.6, 0.42, 0.25);
}

function pixels(size: number): Buffer {
  const row = 1 + size * 3;
  const bytes = Buffer.alloc(row * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      let light = 0;
      for (let at = 0; at < fine * fine; at++)
        light += lit((x + ((at % fine) + 0.5) / fine) / size, (y + (Math.floor(at / fine) + 0.5) / fine) / size)
          ? 1
          : 0;
      const share = light / (fine * fine);
      for (let part = 0; part < 3; part++)
        bytes[y * row + 1 + x * 3 + part] = Math.round((moon[part] ?? 0) * share + (night[part] ?? 0) * (1 - share));
    }
  return bytes;
}

/** PNG (ISO/IEC 15948), eight bits of red, green and blue. */
function png(size: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const coded = deflateSync(pixels(size), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', coded), chunk('IEND', Buffer.alloc(0))]);
}

for (const size of [180, 192, 512])
  writeFileSync(join(import.meta.dirname, `../relay/console/public/icon-${size}.png`), png(size));
