/** Contact sheet of a simulated night: thumbnails of the frames that the unit was given. Drawn scenes only. */
import sharp from 'sharp';
import { frameSchedule } from './frame-schedule.ts';
import { painterOf } from './night-painter.ts';
import type { Night } from './script.ts';
import { size } from './sprite.ts';
import type { Sheets } from './sprite-sheets.ts';
import { staged } from './staged-night.ts';

const [across, wide, high] = [6, 320, 180];

/** @param every seconds between pictures in busy stretches. */
export async function writeContactSheet(
  night: Night,
  sheets: Sheets,
  file: string,
  every = 3,
  most = 96,
): Promise<void> {
  const { timeline, lengths } = staged(night);
  const paint = painterOf(night, sheets);
  const i420 = new Uint8Array(size.width * size.height * 1.5);
  const busy = [...frameSchedule(timeline, 60 * night.minutes, lengths)].filter(({ at }) =>
    timeline.busy.some(({ from, to }) => from <= at && at < to),
  );
  const spaced = busy.filter((one, i) => i === 0 || Math.floor(one.at / every) !== Math.floor(busy[i - 1]!.at / every));
  const step = Math.max(1, spaced.length / most);
  const chosen = Array.from({ length: Math.min(most, spaced.length) }, (_, i) => spaced[Math.floor(i * step)]!);
  const cells = [];
  for (const [i, frame] of chosen.entries()) {
    paint(i420, frame);
    const input = await sharp(i420.slice(0, size.width * size.height), {
      raw: { width: size.width, height: size.height, channels: 1 },
    })
      .resize(wide, high)
      .png()
      .toBuffer();
    cells.push({ input, left: (i % across) * wide, top: Math.floor(i / across) * high });
  }
  const rows = Math.max(1, Math.ceil(chosen.length / across));
  await sharp({ create: { width: across * wide, height: rows * high, channels: 3, background: 'black' } })
    .composite(cells)
    .png()
    .toFile(file);
}
