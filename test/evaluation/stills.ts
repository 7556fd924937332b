/** Shows detectors the marked still pictures of the recorded clips, each light and side of input beside the other: `node test/evaluation/stills.ts`. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { quarterTurns, wholePicture } from '@nattfrid/agent/perceive/crop';
import { type Model, openModel } from '@nattfrid/agent/perceive/model';
import { type Detection, nonMaximumSuppression, readNanodet } from '@nattfrid/agent/perceive/nanodet';
import { fillTensor, tensorFormat } from '@nattfrid/agent/perceive/tensor';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { z } from 'zod';
import { counted, type Looked } from './stills/counted.ts';
import { isDrawn, type Light, lights, shownIn } from './stills/lights.ts';
import { pictureAt } from './stills/picture-at.ts';

const usage = `node test/evaluation/stills.ts [options] [detector.onnx ...]
  Counts what detectors find in marked still pictures of ../shared/footage and ../shared/infrared. Without a file: models/built/nanodet.onnx.
  --sides 416,320,256            sides of the input
  --lights clear,grey,night,mean how the pictures are shown: of ${lights.join()}
  --seeds 1                      how many simulated nights of each picture
  --wrong 5                      how many wrong places the last columns let pass
  --json                         as JSON
  --help`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sides: { type: 'string', default: '416,320,256' },
    lights: { type: 'string', default: 'clear,grey,night,mean' },
    seeds: { type: 'string', default: '1' },
    wrong: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const Marks = z.array(
  z.strictObject({
    clip: z.string(),
    at: z.number(),
    posture: z.enum(['lying', 'up', 'nobody']),
    /** Left, top, right and bottom, as shares of the picture. */
    box: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  }),
);
type Mark = z.infer<typeof Marks>[number];

const shared = join(import.meta.dirname, '../../../shared');
/** The one sleeper of the infrared clips, under a blanket in three of them: seen from above, the head to the left. */
const sleeper: Box = { x: 0.21, y: 0.33, width: 0.54, height: 0.37 };

if (values.help) console.log(usage);
else await judge();

async function judge(): Promise<void> {
  const place = await builtModels();
  const files = positionals.length > 0 ? positionals : [join(place.folder, 'nanodet.onnx')];
  const marks = Marks.parse(JSON.parse(await readFile(join(import.meta.dirname, 'stills/pictures.json'), 'utf8')));
  const stills = await Promise.all(
    marks.map(async (mark) => ({ mark, pixels: await pictureAt(join(shared, 'footage', mark.clip), mark.at) })),
  );
  const infrared = await infraredStills();
  const rows: object[] = [];
  for (const file of files)
    for (const side of values.sides.split(',').map(Number)) {
      await using model = await openFile(file);
      const detect = finder(model, side);
      for (const light of values.lights.split(',') as Light[]) {
        const looked: Looked[] = [];
        const seeds = isDrawn(light) ? Number(values.seeds) : 1;
        for (let seed = 1; seed <= seeds; seed++)
          for (const { mark, pixels } of stills)
            looked.push(lookedAt(mark, await detect(shownIn(light, pixels, seed))));
        rows.push({ detector: basename(file, '.onnx'), side, light, ...counted(looked, Number(values.wrong) * seeds) });
      }
      const asleep: Looked[] = [];
      for (const pixels of infrared) asleep.push({ posture: 'lying', place: sleeper, found: await detect(pixels) });
      if (infrared.length > 0)
        rows.push({ detector: basename(file, '.onnx'), side, light: 'infrared', ...counted(asleep, 0) });
    }
  if (values.json) console.log(JSON.stringify(rows));
  else
    console.table(
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'number' ? Math.round(value * 100) / 100 : value,
          ]),
        ),
      ),
    );
}

function lookedAt({ posture, box }: Mark, found: readonly Detection[]): Looked {
  if (!box) return { posture, found };
  const [x, y, right, bottom] = box;
  return { posture, place: { x, y, width: right - x, height: bottom - y }, found };
}

/** Two pictures of each second, where the clips are beside the checkout. */
async function infraredStills(): Promise<readonly Pixels[]> {
  const folder = join(shared, 'infrared');
  const clips = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.mp4')).toSorted();
  const out: Pixels[] = [];
  for (const clip of clips)
    for (let at = 0.1; at < 5.5; at += 0.5) {
      const pixels = await pictureAt(join(folder, clip), at);
      if (pixels.y.length > 0) out.push(pixels);
    }
  return out;
}

/** As the product scans: the whole picture upright and turned by a quarter either way. */
function finder(model: Model, side: number): (pixels: Pixels) => Promise<readonly Detection[]> {
  const format = tensorFormat(model.input, [1, 3, side, side]);
  const input = new Float32Array(format.length);
  return async (pixels) => {
    const found: Detection[] = [];
    for (const turn of quarterTurns) {
      const crop = wholePicture(pixels, turn);
      fillTensor(pixels, crop, format, input);
      found.push(...readNanodet(await model.run(input), crop, pixels, { least: 0.15, asked: ['person'] }));
    }
    return nonMaximumSuppression(found);
  };
}

/** The file, opened as the product opens its own. */
async function openFile(file: string): Promise<Model> {
  const { manifest } = await builtModels();
  const entry = manifest.models.find((one) => one.name === 'nanodet')!;
  const bytes = await readFile(file);
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-stills-'));
  await writeFile(join(folder, 'nanodet.onnx'), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const model = await openModel('nanodet', { folder, manifest: { ...manifest, models: [{ ...entry, sha256 }] } });
  await rm(folder, { recursive: true });
  return model;
}
