/** The models that see, opened together: NanoDet over the whole picture, BlazePose at each place. */
import type { Pixels } from '../decode/frame.ts';
import { type Pose, readBlazePose } from './blazepose.ts';
import { type Crop, wholePicture } from './crop.ts';
import { type Model, type ModelPlace, openModel } from './model.ts';
import { readNanodet, type Thing } from './nanodet.ts';
import { fillTensor, tensorFormat } from './tensor.ts';

export interface SeeingModels extends AsyncDisposable {
  /** Names with the versions of their weights, for evidence. */
  readonly versions: Readonly<Record<string, string>>;
  /** Persons in the whole picture, looked at through a turned window. @throws Fault `model-failed` */
  figures(pixels: Pixels, turn: number): Promise<readonly Thing[]>;
  /** The body in a window, if there is one. @throws Fault `model-failed` */
  pose(pixels: Pixels, crop: Crop): Promise<Pose>;
}

/** Scores under it are noise in any picture. */
const leastScore = 0.15;

/** @throws Fault `model-missing`, `model-wrong-digest` or `model-failed` */
export async function openModels(place: ModelPlace, bodies = 'blazepose-full'): Promise<SeeingModels> {
  await using opened = new AsyncDisposableStack();
  const [finder, poser] = [opened.use(await openModel('nanodet', place)), opened.use(await openModel(bodies, place))];
  const [find, look] = [lens(finder, place), lens(poser, place)];
  const all = opened.move();
  return {
    versions: { [finder.name]: finder.version, [poser.name]: poser.version },
    async figures(pixels, turn) {
      const crop = wholePicture(pixels, turn);
      return readNanodet(await find(pixels, crop), crop, pixels, { least: leastScore, classes: ['person'] });
    },
    pose: async (pixels, crop) => readBlazePose(await look(pixels, crop), crop, pixels),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** A model and the one input that is filled for it again and again. */
function lens(model: Model, { manifest }: ModelPlace) {
  const entry = manifest.models.find((one) => one.name === model.name)!;
  const format = tensorFormat(entry.input);
  const input = new Float32Array(format.length);
  return (pixels: Pixels, crop: Crop) => {
    fillTensor(pixels, crop, format, input);
    return model.run(input);
  };
}
