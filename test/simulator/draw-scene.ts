/** Command that renders the clips of `fixtures/scenes`: `draw-scene.ts [NAME…|all] [--out FOLDER] [--stills]`. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { openProgress } from './progress.ts';
import { writeClip } from './scene/clip.ts';
import { indexOf } from './scene/scene-index.ts';
import { fps, size } from './scene/set.ts';
import { type Story, stories } from './scene/story.ts';
import { openStudio, type Studio } from './scene/studio.ts';

const help = `Draws the clips of a person in a bedroom that the demo and the tests play.

  draw-scene.ts [NAME…|all] [--out FOLDER] [--stills [--every S] [--from S] [--to S]]

  NAME      ${stories()
    .map((story) => story.name)
    .join(', ')}
  --out     where to (default fixtures/scenes); index.json there tells of all clips that lie there
  --stills  one PNG sheet of pictures instead of a clip, every --every seconds (default 1) from --from to --to

NATTFRID_FFMPEG names the ffmpeg to use. The same call draws the same pictures.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'fixtures/scenes' },
    stills: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '999' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const all = stories();
const chosen = positionals.includes('all') ? all : all.filter((story) => positionals.includes(story.name));
const unknown = positionals.filter((name) => name !== 'all' && !all.some((story) => story.name === name));
if (values.help || chosen.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No scene is called ${unknown.join(', ')}.\n`);
  console.log(help);
  process.exit(unknown.length > 0 ? 2 : 0);
}

await mkdir(values.out, { recursive: true });
console.log('Drawing the empty room');
await using studio = await openStudio();
using progress = openProgress();
const inAll = chosen.reduce((sum, story) => sum + story.seconds * fps, 0);
let drawn = 0;
for (const story of chosen) await (values.stills ? drawSheet(studio, story) : drawClip(studio, story));
if (!values.stills) await writeFile(join(values.out, 'index.json'), await indexOf(all, values.out));

async function drawClip(studio: Studio, story: Story): Promise<void> {
  const file = join(values.out, `${story.name}.mp4`);
  const numbers = Array.from({ length: story.seconds * fps }, (_, i) => i);
  await writeClip(
    file,
    counted(studio.pictures(story.name, numbers), story.name, numbers.length),
    Math.floor((560 * 8) / story.seconds),
  );
  progress.clear();
  console.log(`${file}: ${numbers.length} pictures, ${Math.round((await stat(file)).size / 1000)} kB`);
}

async function* counted(pictures: AsyncIterable<Uint8Array>, name: string, all: number) {
  let done = 0;
  for await (const picture of pictures) {
    yield picture;
    done += 1;
    drawn += 1;
    if (done % fps === 0) progress.report(`${name}: ${done} of ${all}`, drawn / inAll);
  }
}

async function drawSheet(studio: Studio, story: Story): Promise<void> {
  const step = Number(values.every);
  const [from, to] = [Number(values.from), Math.min(Number(values.to), story.seconds)];
  const numbers = Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => Math.round((from + i * step) * fps));
  const columns = Math.min(4, numbers.length);
  const tiles: { input: Buffer; raw: { width: number; height: number; channels: 3 }; left: number; top: number }[] = [];
  for await (const picture of studio.pictures(story.name, numbers)) {
    const at = { left: (tiles.length % columns) * size.width, top: Math.floor(tiles.length / columns) * size.height };
    tiles.push({ input: Buffer.from(picture), raw: { width: size.width, height: size.height, channels: 3 }, ...at });
  }
  const file = join(values.out, `${story.name}.png`);
  const sheet = {
    width: columns * size.width,
    height: Math.ceil(tiles.length / columns) * size.height,
    channels: 3 as const,
    background: '#000',
  };
  await sharp({ create: sheet }).composite(tiles).png().toFile(file);
  console.log(`${file}: ${tiles.length} pictures, one every ${step} s from ${from} s`);
}
