/** Contact sheets of cleared pictures for a developer's eye, written on request only, from the developer's own recordings. */
import type { ClearedPicture } from '@nattfrid/agent/anonymise/cleared';
import sharp from 'sharp';
import { pixelsOf, rgbOf } from './rgb.ts';

const [width, height, gap] = [640, 360, 8];

/** @param rows each with the four modes side by side @returns a PNG */
export function sheetOf(rows: readonly (readonly ClearedPicture[])[]): Promise<Buffer> {
  const across = Math.max(1, ...rows.map((row) => row.length));
  const tiles = rows.flatMap((row, down) =>
    row.map((picture, column) => ({
      input: Buffer.from(rgbOf(pixelsOf(picture)).data),
      raw: { width, height, channels: 3 as const },
      left: column * (width + gap),
      top: down * (height + gap),
    })),
  );
  const size = { width: across * (width + gap) - gap, height: Math.max(1, rows.length) * (height + gap) - gap };
  return sharp({ create: { ...size, channels: 3, background: '#fff' } })
    .composite(tiles)
    .png()
    .toBuffer();
}
