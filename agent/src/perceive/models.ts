/** The vision models, opened together: NanoDet detects in the whole picture, BlazePose estimates the pose in a crop. */
import type { Pixels } from '../decode/frame.ts';
import { type Pose, readBlazePose } from './blazepose.ts';
import { type Crop, wholePicture } from './crop.ts';
import { openThread } from './inference.ts';
import { shapesOf } from './manifest.ts';
import { type Model, type ModelPlace, openModel } from './model.ts';
import { type Detection, type Kind, kinds, readNanodet } from './nanodet.ts';
import { isColourless } from './shading-correction.ts';
import { fillTensor, type TensorFormat, tensorFormat } from './tensor.ts';

export interface VisionModels extends AsyncDisposable {
  /** Names with the versions of their weights, for evidence. */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * Object detection in the whole picture, rotated by `turn` radians: persons in every rotation, pets and furniture only in the
   * upright one. A picture without colour is shown to the detector that was taught on such pictures, in the side that it is best in.
   * @param side of the input in pixels, one of `detectorSides`; the longest asks the original, whatever the picture. @throws Fault `model-failed`
   */
  detect(pixels: Pixels, turn: number, side?: DetectorSide): Promise<readonly Detection[]>;
  /** Pose estimation in one crop. @throws Fault `model-failed` */
  pose(pixels: Pixels, crop: Crop): Promise<Pose>;
}

/** Sides of the detector's input, in pixels: a smaller one costs less, and finds large bodies that lie better than far ones that stand. */
export const detectorSides = [416, 320, 256] as const;
export type DetectorSide = (typeof detectorSides)[number];

/** Of the detector for pictures without colour: with a larger input it takes furniture for people (models/teach/README.md). */
const sideWithoutColour: DetectorSide = 256;
const everything = Object.keys(kinds) as Kind[];
/** Detections with a lower score are noise in any picture. */
const leastScore = 0.15;

/** @throws Fault `model-missing`, `model-wrong-digest` or `model-failed` */
export async function openModels(place: ModelPlace): Promise<VisionModels> {
  await using stack = new AsyncDisposableStack();
  const together = { ...place, thread: stack.use(openThread()) };
  const open = async (name: string) => stack.use(await openModel(name, together));
  const detector = await open('nanodet');
  const withoutColour = await open('nanodet-night');
  const poser = await open('blazepose-full');
  const runDetector = cropRunner(detector, place);
  const runWithoutColour = cropRunner(withoutColour, place);
  const runPoser = cropRunner(poser, place);
  const all = stack.move();
  return {
    versions: Object.fromEntries([detector, withoutColour, poser].map(({ name, version }) => [name, version])),
    async detect(pixels, turn, side = detectorSides[0]) {
      const crop = wholePicture(pixels, turn);
      const asked = turn === 0 ? everything : (['person'] as const);
      const outputs =
        side < detectorSides[0] && isColourless(pixels)
          ? await runWithoutColour(pixels, crop, sideWithoutColour)
          : await runDetector(pixels, crop, side);
      return readNanodet(outputs, crop, pixels, { least: leastScore, asked });
    },
    pose: async (pixels, crop) => readBlazePose(await runPoser(pixels, crop), crop, pixels),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Runs a model on a crop, which is drawn into the model's own memory; a second run that does not wait for the first has memory of its own. */
function cropRunner(model: Model, { manifest }: ModelPlace) {
  const entry = manifest.models.find((one) => one.name === model.name)!;
  const formats = shapesOf(entry).map(({ input }) => tensorFormat(entry.input, input));
  const [largest] = formats as [TensorFormat];
  let running = 0;
  return async (pixels: Pixels, crop: Crop, side = largest.size) => {
    const format = formats.find((one) => one.size === side) ?? largest;
    const input = running > 0 ? new Float32Array(format.length) : model.memory(format.length);
    fillTensor(pixels, crop, format, input);
    running++;
    try {
      return await model.run(input);
    } finally {
      running--;
    }
  };
}
